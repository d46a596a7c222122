from __future__ import annotations

import pytest

from generator.theming.policy import allowed

NOBODY = "media-src 'self'"


def test_a_page_without_media_asks_nobody_else() -> None:
    assert allowed("<p>Tea</p>") == NOBODY
    assert allowed('<audio src="/a.mp3"></audio><video src="b.mp4"><track src="b.vtt"></video>') == NOBODY


def test_hosts_of_media_and_frames_are_named_each_once() -> None:
    body = (
        '<video controls src="https://b.example/1.mp4"></video><audio src="http://a.example:81/2.mp3"></audio>'
        '<video><source src="//c.example/3.webm"></video><audio src="https://b.example/4.mp3"></audio>'
        '<figure class="media" data-frame="https://d.example/x">'
    )
    assert allowed(body) == f"{NOBODY} c.example http://a.example:81 https://b.example; frame-src https://d.example"


@pytest.mark.parametrize("body", [
    "<p>&lt;video src=&quot;https://a.example/&quot;&gt; &lt;figure data-frame=</p>",
    '<audio src="https://a.example;script-src/x.mp3">',
    '<audio src="https://a.example *.b.example/x.mp3">',
    '<audio src="https://*/x.mp3">',
    '<audio src="https://[/x.mp3">',
    '<p data-frame="https://a.example/">',
])  # fmt: skip
def test_no_text_and_no_odd_host_widens_it(body: str) -> None:
    assert allowed(body) == NOBODY
