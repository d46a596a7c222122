from __future__ import annotations

import pytest

from generator.embeds import frame

YOUTUBE = "https://www.youtube-nocookie.com/embed/dQw4w9WgXcQ"

FRAMES = {
    "https://www.youtube.com/watch?v=dQw4w9WgXcQ": YOUTUBE,
    "https://youtu.be/dQw4w9WgXcQ?t=1m30s": f"{YOUTUBE}?start=90",
    "https://m.youtube.com/watch?list=x&v=dQw4w9WgXcQ&t=42": f"{YOUTUBE}?start=42",
    "https://www.youtube.com/shorts/dQw4w9WgXcQ": YOUTUBE,
    "https://vimeo.com/76979871": "https://player.vimeo.com/video/76979871?dnt=1",
    "https://vimeo.com/76979871/abcdef0123": "https://player.vimeo.com/video/76979871?dnt=1&h=abcdef0123",
    "https://tilvids.com/w/3b7PDNLbzUaKnMdVaH2o3T": "https://tilvids.com/videos/embed/3b7PDNLbzUaKnMdVaH2o3T",
    "https://mastodon.social/@Gargron/109318821117356215": "https://mastodon.social/@Gargron/109318821117356215/embed",
    "https://www.openstreetmap.org/?mlat=52.51627&mlon=13.37770#map=16/52.51627/13.37770": (
        "https://www.openstreetmap.org/export/embed.html?layer=mapnik"
        "&bbox=13.37083%2C52.51392%2C13.38457%2C52.51862&marker=52.51627%2C13.37770"
    ),
}

LINKS = (
    "http://www.youtube.com/watch?v=dQw4w9WgXcQ", "https://youtube.com.evil.example/watch?v=dQw4w9WgXcQ",
    "https://user@www.youtube.com/watch?v=dQw4w9WgXcQ", "https://www.youtube.com:8443/watch?v=dQw4w9WgXcQ",
    'https://www.youtube.com/watch?v="><script>', "https://www.youtube.com/watch?v=../../../x", "https://vimeo.com/about",
    "https://example.org/w/", "https://example.org/@leila/abc", "https://www.openstreetmap.org/#map=99/0/0",
    "https://www.openstreetmap.org/#map=3/nan/0", "https://[", "https://example.org:99999999/", "https://vimeo.com/²³",
)  # fmt: skip


@pytest.mark.parametrize("address", FRAMES)
def test_a_link_to_a_service_has_a_frame(address: str) -> None:
    found = frame(address)
    assert found
    assert found.url == FRAMES[address]


@pytest.mark.parametrize("address", LINKS)
def test_any_other_link_has_none(address: str) -> None:
    assert frame(address) is None


def test_a_short_film_is_upright() -> None:
    found = frame("https://www.youtube.com/shorts/dQw4w9WgXcQ")
    assert found
    assert found.shape == "tall"
