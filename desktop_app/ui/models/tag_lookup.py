"""The tags of a tree, ready to be found by what is typed, and by what is nearly their name."""

from __future__ import annotations

from desktop_app.library.tags.tree import TagTree
from desktop_app.ui.models.near_tags import NearTags
from desktop_app.ui.models.tag_finding import TagFinder


class TagLookup:
    """The tags of a tree, ready to be found by what is typed; made beside the window."""

    def __init__(self, tree: TagTree) -> None:
        self.tree = tree
        self.finder = TagFinder(tree, offered=True)
        self.near = NearTags(tree)
        self.near.prepare()
