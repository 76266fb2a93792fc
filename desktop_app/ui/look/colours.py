"""The colours of each theme: light, dark, sepia and high contrast.

Every pair of text and ground that they make meets WCAG AA, and the colours of highlights keep apart
for every eye; tests compute both.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from types import MappingProxyType


@dataclass(frozen=True, slots=True)
class Theme:
    """The colours of one theme, all as `#rrggbb`.

    Grounds: window (bars), sidebar, list, page (the reader), box (code and pictures on the page).
    match is a word that was searched; match_now the one that was jumped to, which has match_edge
    drawn around it as well.
    marks: the fills of highlights by name, which text can be read on; mark_lines: for each the
    shade of its lines, edges and signs, which can be seen on the page and on its fill. The colours
    of each keep apart also for people who see some of them alike.
    strong: lines are drawn thicker and states by more than a shade.
    """

    name: str
    dark: bool
    window: str
    sidebar: str
    list: str
    page: str
    box: str
    ink: str
    muted: str
    line: str
    accent: str
    on_accent: str
    accent_soft: str
    selection: str
    text_selection: str
    match: str
    match_now: str
    match_edge: str
    strip: str
    problem: str
    problem_soft: str
    marks: Mapping[str, str]
    mark_lines: Mapping[str, str]
    strong: bool = False


LIGHT = Theme(
    name="light",
    dark=False,
    window="#f6f4ef",
    sidebar="#efece5",
    list="#fbfaf7",
    page="#fffefb",
    box="#f4f2ec",
    ink="#22252a",
    muted="#5f6269",
    line="#e0dcd2",
    accent="#2c5d63",
    on_accent="#ffffff",
    accent_soft="#dfeae8",
    selection="#e4ebe9",
    text_selection="#c9dfdf",
    match="#ffe08a",
    match_now="#ffc93d",
    match_edge="#8a6100",
    strip="#b58400",
    problem="#9b2c2c",
    problem_soft="#f8e4e0",
    marks=MappingProxyType(
        {
            "yellow": "#f5e0a0",
            "green": "#acf9d1",
            "blue": "#d7e5ff",
            "pink": "#e9c3c1",
            "purple": "#cfccee",
        }
    ),
    mark_lines=MappingProxyType(
        {
            "yellow": "#7d5f00",
            "green": "#12452f",
            "blue": "#3b6bd0",
            "pink": "#c93674",
            "purple": "#5c0f7c",
        }
    ),
)

DARK = Theme(
    name="dark",
    dark=True,
    window="#1d1f22",
    sidebar="#191b1e",
    list="#212428",
    page="#1f2225",
    box="#292d31",
    ink="#d9d6cf",
    muted="#9da0a6",
    line="#303439",
    accent="#7fb8b4",
    on_accent="#14201f",
    accent_soft="#27393a",
    selection="#2a3335",
    text_selection="#2f5053",
    match="#6b5415",
    match_now="#735a17",
    match_edge="#f0c65a",
    strip="#c79a2e",
    problem="#e59a93",
    problem_soft="#3d2626",
    marks=MappingProxyType(
        {
            "yellow": "#464300",
            "green": "#1f3828",
            "blue": "#0c426e",
            "pink": "#711b4c",
            "purple": "#420058",
        }
    ),
    mark_lines=MappingProxyType(
        {
            "yellow": "#d8b517",
            "green": "#d3efc4",
            "blue": "#69c7fa",
            "pink": "#e65e85",
            "purple": "#9375fe",
        }
    ),
)

SEPIA = Theme(
    name="sepia",
    dark=False,
    window="#efe4cd",
    sidebar="#e8dcc2",
    list="#f4ead6",
    page="#f7eedb",
    box="#eee2ca",
    ink="#3b2f22",
    muted="#65543f",
    line="#d8c9a8",
    accent="#2f5a55",
    on_accent="#fffaf0",
    accent_soft="#dcdcc0",
    selection="#e2d9bd",
    text_selection="#c8d2b8",
    match="#f2cd6b",
    match_now="#eab93c",
    match_edge="#77530a",
    strip="#a97500",
    problem="#8f2a22",
    problem_soft="#f0d5c2",
    marks=MappingProxyType(
        {
            "yellow": "#fdde62",
            "green": "#88da8a",
            "blue": "#cbe0fd",
            "pink": "#fcb5ca",
            "purple": "#cdbefe",
        }
    ),
    mark_lines=MappingProxyType(
        {
            "yellow": "#705000",
            "green": "#123f2a",
            "blue": "#2a64cc",
            "pink": "#c22d6c",
            "purple": "#6a1078",
        }
    ),
)

CONTRAST = Theme(
    name="contrast",
    dark=False,
    window="#ffffff",
    sidebar="#ffffff",
    list="#ffffff",
    page="#ffffff",
    box="#f0f0f0",
    ink="#000000",
    muted="#262626",
    line="#000000",
    accent="#0000c8",
    on_accent="#ffffff",
    accent_soft="#d6deff",
    selection="#e2e8ff",
    text_selection="#a9c4ff",
    match="#ffe600",
    match_now="#ffb300",
    match_edge="#000000",
    strip="#8a4b00",
    problem="#8e0000",
    problem_soft="#ffe9e6",
    marks=MappingProxyType(
        {
            "yellow": "#fada47",
            "green": "#67b705",
            "blue": "#99dafe",
            "pink": "#f685a6",
            "purple": "#c38dfa",
        }
    ),
    mark_lines=MappingProxyType(
        {
            "yellow": "#8e7214",
            "green": "#003300",
            "blue": "#2f62bd",
            "pink": "#a01848",
            "purple": "#530691",
        }
    ),
    strong=True,
)
