"""What podcast directories know: Apple's categories, and what a cover must be.

Sources: "Apple Podcasts categories" and "A Podcaster's Guide to RSS", as of 2026.
"""

from __future__ import annotations

from collections.abc import Mapping

SMALLEST, LARGEST = 1400, 3000
"""Pixels of a cover's side."""

APPLE_PLAYS = ("audio/mpeg", "audio/x-m4a")
"""The media types of sound that Apple's directory takes."""

CATEGORIES: Mapping[str, tuple[str, ...]] = {
    "Arts": ("Books", "Design", "Fashion & Beauty", "Food", "Performing Arts", "Visual Arts"),
    "Business": ("Careers", "Entrepreneurship", "Investing", "Management", "Marketing", "Non-Profit"),
    "Comedy": ("Comedy Interviews", "Improv", "Stand-Up"),
    "Education": ("Courses", "How To", "Language Learning", "Self-Improvement"),
    "Fiction": ("Comedy Fiction", "Drama", "Science Fiction"),
    "Government": (),
    "History": (),
    "Health & Fitness": ("Alternative Health", "Fitness", "Medicine", "Mental Health", "Nutrition", "Sexuality"),
    "Kids & Family": ("Education for Kids", "Parenting", "Pets & Animals", "Stories for Kids"),
    "Leisure": (
        "Animation & Manga", "Automotive", "Aviation", "Crafts", "Games", "Hobbies", "Home & Garden", "Video Games",
    ),
    "Music": ("Music Commentary", "Music History", "Music Interviews"),
    "News": (
        "Business News", "Daily News", "Entertainment News", "News Commentary", "Politics", "Sports News", "Tech News",
    ),
    "Religion & Spirituality": ("Buddhism", "Christianity", "Hinduism", "Islam", "Judaism", "Religion", "Spirituality"),
    "Science": (
        "Astronomy", "Chemistry", "Earth Sciences", "Life Sciences", "Mathematics", "Natural Sciences", "Nature",
        "Physics", "Social Sciences",
    ),
    "Society & Culture": ("Documentary", "Personal Journals", "Philosophy", "Places & Travel", "Relationships"),
    "Sports": (
        "Baseball", "Basketball", "Cricket", "Fantasy Sports", "Football", "Golf", "Hockey", "Rugby", "Running",
        "Soccer", "Swimming", "Tennis", "Volleyball", "Wilderness", "Wrestling",
    ),
    "Technology": (),
    "True Crime": (),
    "TV & Film": ("After Shows", "Film History", "Film Interviews", "Film Reviews", "TV Reviews"),
}  # fmt: skip
"""Apple's categories, each with its parts."""


def category(written: str) -> tuple[str, ...]:
    """A category after the one that it is part of, from "Arts", "Arts > Books" or "Books"; () where there is none."""
    *_, last = (part.strip() for part in written.split(">"))
    for name, parts in CATEGORIES.items():
        if _same(name, written):
            return (name,)
        part = next((one for one in parts if _same(one, last)), None)
        if part and (">" not in written or _same(name, written.partition(">")[0])):
            return (name, part)
    return ()


def names() -> tuple[str, ...]:
    """The names of all categories and of their parts."""
    return (*CATEGORIES, *(part for parts in CATEGORIES.values() for part in parts))


def _same(name: str, written: str) -> bool:
    return name.lower().replace("&", "and") == " ".join(written.lower().replace("&", "and").split())
