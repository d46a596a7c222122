"""What the dev server answers, over real connections."""

from __future__ import annotations

import os
import re
from collections.abc import Callable

import pytest

from .harness import CopyingSite, Running

Serve = Callable[..., Running]


def test_pages_are_served_under_the_sub_path(serve: Serve) -> None:
    client = serve("/forum").client
    assert client.ask("/forum/cafe/")[1].startswith(b"<html><body><h1>Caf")
    assert client.ask("/cafe/")[0].status == 404
    assert client.ask("/forumcafe/")[0].status == 404


@pytest.mark.parametrize(
    ("prefix", "path", "location"),
    [
        ("/forum", "/", "/forum/"),
        ("/forum", "/forum", "/forum/"),
        ("/forum", "/forum/cafe?q=a%20b", "/forum/cafe/?q=a%20b"),
        ("", "/cafe", "/cafe/"),
        ("/%DA%AF%D9%BE", "/", "/%DA%AF%D9%BE/"),
    ],
)
def test_an_address_without_its_last_slash_is_redirected(serve: Serve, prefix: str, path: str, location: str) -> None:
    response, _ = serve(prefix).client.ask(path)
    assert (response.status, response.headers["Location"]) == (307, location)


def test_the_reload_script_is_in_the_response_and_not_in_the_file(serve: Serve, site: CopyingSite) -> None:
    response, body = serve("/forum").client.ask("/forum/cafe/")
    script = rb'<h1>Caf\xc3\xa9</h1><script type="module" id="anjoman-reload" src="/-anjoman/reload.js"[^>]*></script></body>'
    assert re.search(script, body)
    assert b'data-page="cafe/index.html"' in body
    assert b'data-prefix="/forum"' in body
    assert response.headers["Content-Length"] == str(len(body))
    assert b"anjoman" not in (site.output / "cafe/index.html").read_bytes()


@pytest.mark.parametrize("name", ["reload.js", "swap.js", "overlay.js", "overlay.css"])
def test_the_client_files_are_served(serve: Serve, name: str) -> None:
    response, body = serve("/forum").client.ask(f"/-anjoman/{name}")
    assert response.status == 200
    assert body
    assert response.headers["Content-Type"].split(";")[0] in {"text/javascript", "text/css"}


def test_a_missing_page_shows_404_html_with_status_404(serve: Serve, site: CopyingSite) -> None:
    client = serve().client
    assert b"no page at this address" in client.ask("/nothing/")[1]
    site.write("404.html", "<body>Lost?</body>")
    running = serve()
    response, body = running.client.ask("/nothing/")
    assert response.status == 404
    assert body.startswith(b"<body>Lost?")
    assert b"data-missing" in body


def test_a_folder_without_index_and_a_file_with_a_slash_are_missing(serve: Serve, site: CopyingSite) -> None:
    site.write("files/a.txt", "a")
    client = serve().client
    assert [client.ask(path)[0].status for path in ("/files/", "/files", "/files/a.txt/", "/files/a.txt")] == [
        404,
        404,
        404,
        200,
    ]


@pytest.mark.parametrize(
    "path",
    [
        "/../secret.txt",
        "/%2e%2e/secret.txt",
        "/..%2fsecret.txt",
        "/%2e%2e%2fsecret.txt",
        "/cafe/../../secret.txt",
        "/..%5csecret.txt",
        "/..\\secret.txt",
        "/%00",
        "/index.html%00.png",
        "/C:/secret.txt",
        "/C%3A%5Csecret.txt",
        "//secret.txt",
        "//127.0.0.1/secret.txt",
        "/%2f%2fetc/passwd",
        "/etc/passwd",
        "/%ff%fe",
        "/%C0%AE%C0%AE/secret.txt",
        "/%252e%252e/secret.txt",
        "/out.txt",
        "/up/secret.txt",
        "http://127.0.0.1/secret.txt",
        "/-anjoman/../server.py",
        "/-anjoman/server.py",
        "/-anjoman/",
    ],
)
def test_nothing_outside_the_output_is_served(serve: Serve, site: CopyingSite, path: str) -> None:
    (site.root / "secret.txt").write_text("secret")
    site.output.mkdir()
    running = serve()
    if os.name != "nt":
        (site.output / "out.txt").symlink_to(site.root / "secret.txt")
        (site.output / "up").symlink_to(site.root)
    response, body = running.client.ask(path)
    assert response.status == 404
    assert b"secret" not in body


def test_audio_can_be_seeked(serve: Serve, site: CopyingSite) -> None:
    data = bytes(range(256)) * 4000
    site.write("a.opus", data)
    client = serve().client
    response, body = client.ask("/a.opus", Range="bytes=1000-1999")
    assert (response.status, body) == (206, data[1000:2000])
    assert response.headers["Content-Range"] == f"bytes 1000-1999/{len(data)}"
    assert response.headers["Content-Length"] == "1000"
    assert response.headers["Content-Type"] == "audio/ogg"
    assert client.ask("/a.opus", Range="bytes=-500")[1] == data[-500:]
    assert client.ask("/a.opus", Range="bytes=900000-")[1] == data[900000:]
    assert client.ask("/a.opus")[1] == data


def test_a_range_past_the_end_is_416(serve: Serve, site: CopyingSite) -> None:
    site.write("a.mp3", b"12345")
    response, body = serve().client.ask("/a.mp3", Range="bytes=5-")
    assert (response.status, body, response.headers["Content-Range"]) == (416, b"", "bytes */5")


def test_if_range_gives_the_whole_file_when_it_has_changed(serve: Serve, site: CopyingSite) -> None:
    site.write("a.mp3", b"12345")
    client = serve().client
    first, _ = client.ask("/a.mp3", method="HEAD")
    for known in (first.headers["ETag"], first.headers["Last-Modified"]):
        assert client.ask("/a.mp3", Range="bytes=1-2", If_Range=known)[0].status == 206
    for other in ('"other"', f"W/{first.headers['ETag']}", "Thu, 01 Jan 1970 00:00:00 GMT"):
        response, body = client.ask("/a.mp3", Range="bytes=1-2", If_Range=other)
        assert (response.status, body) == (200, b"12345")


@pytest.mark.parametrize("path", ["/cafe/", "/a.css", "/-anjoman/reload.js"])
def test_what_is_known_is_not_sent_again(serve: Serve, site: CopyingSite, path: str) -> None:
    site.write("a.css", "a {}")
    client = serve().client
    first, _ = client.ask(path)
    tag, date = first.headers["ETag"], first.headers["Last-Modified"]
    assert first.headers["Cache-Control"] == "no-cache"
    for headers in ({"If_None_Match": tag}, {"If_None_Match": f'"x", W/{tag}'}, {"If_Modified_Since": date}):
        response, body = client.ask(path, **headers)
        assert (response.status, body, response.headers["ETag"]) == (304, b"", tag)
    for headers in (
        {"If_None_Match": '"x"', "If_Modified_Since": date},
        {"If_Modified_Since": "yesterday"},
        {"If_Modified_Since": "Thu, 01 Jan 1970 00:00:00 GMT"} if path != "/-anjoman/reload.js" else {},
    ):
        assert client.ask(path, **headers)[0].status == 200


@pytest.mark.parametrize("path", ["/cafe/", "/a.opus", "/nothing/", "/-anjoman/overlay.css"])
def test_head_is_get_without_the_body(serve: Serve, site: CopyingSite, path: str) -> None:
    site.write("a.opus", b"12345")
    client = serve().client
    get, body = client.ask(path)
    head, nothing = client.ask(path, method="HEAD")
    assert nothing == b""
    assert head.status == get.status
    assert head.headers["Content-Length"] == str(len(body))
    assert {**head.headers, "date": ""} == {**get.headers, "date": ""}


@pytest.mark.parametrize("method", ["POST", "PUT", "DELETE", "OPTIONS", "PATCH", "TRACE"])
def test_other_methods_are_refused(serve: Serve, method: str) -> None:
    assert serve().client.ask("/", method=method)[0].status == 405


def test_a_strange_host_is_refused_everywhere(serve: Serve) -> None:
    client = serve().client
    for path in ("/", "/cafe/", "/-anjoman/reload.js", "/-anjoman/events"):
        response, body = client.ask(path, host="evil.example")
        assert response.status == 421
        assert b"Home" not in body
    assert client.ask("/", host=f"localhost:{client.port}")[0].status == 200


def test_every_response_carries_the_security_headers(serve: Serve) -> None:
    client = serve("/forum").client
    for path in ("/", "/forum/", "/nothing", "/-anjoman/reload.js", "/-anjoman/nothing"):
        headers = client.ask(path)[0].headers
        assert headers["X-Content-Type-Options"] == "nosniff"
        assert headers["Cross-Origin-Resource-Policy"] == "same-origin"
        assert "Access-Control-Allow-Origin" not in headers


def test_a_page_without_a_body_end_gets_the_script_at_its_end(serve: Serve, site: CopyingSite) -> None:
    site.write("bare.html", "<p>bare")
    body = serve().client.ask("/bare.html")[1]
    assert body.startswith(b"<p>bare<script")
