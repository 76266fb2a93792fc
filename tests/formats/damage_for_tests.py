"""Damaged copies of a sound file, the same ones every time."""

import random


def damaged(sound, count, *, seed=1):
    """Cut and bit-flipped copies."""
    chance = random.Random(seed)
    for number in range(count):
        content = bytearray(sound)
        if number % 3 == 0:
            del content[chance.randrange(len(content)) :]
        for _ in range(chance.randint(1, 6)):
            if content:
                content[chance.randrange(len(content))] ^= 1 << chance.randrange(8)
        yield bytes(content)
