"""What a reader can do in a real browser: fold, quote, share, see what is new, look at pictures, go by keys, print."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from datetime import UTC, datetime

import pytest
from playwright.sync_api import Page, expect

from tests.browser.served import Visit, picture, served, until
from tests.conftest import Community, community

SETTINGS = 'title = "Tea"\nurl = "https://example.org/forum/"\nlanguage = "en"\n[boards]\nper_page = 10\n[theme]\nshare = "mastodon"\n'
HEAD = "---\ntitle: {}\nauthor: leila\ndate: 2026-11-01 10:00\ntags: [tea]\n---\n{}\n"
REPLY = "--- reply\nauthor: {}\ndate: {}\n{}---\n{}\n\n"
RICH = """Water *first*, then **the leaves**.

- one [link](https://example.org/)
- `two`

```python
print("a`b")
```

> @omid #2:
> As you said.

@omid knows about snake_case and 2 * 3.
"""
PICTURES = "![A cup](cup.png)\n\n![A pot](pot.png)\n\nA sign ![ok](small.png).\n\n[The garden](garden.png)\n"


def reply(author: str, day: int, text: str, to: str = "") -> str:
    return REPLY.format(author, f"2026-11-{day:02} 10:00", f"reply_to: {to}\n" if to else "", text)


LONG = HEAD.format("Long", "It begins.") + "".join(reply("omid", 2 + number, f"Answer {number}.") for number in range(20))
FOLDED = HEAD.replace("tags:", "recap: 2\ntags:").format(
    "Folded", ">! The butler did it.\n\n```python\nprint(1)\n```\n"
) + reply("omid", 2, "The leaves came first.")
TREE = (
    HEAD.format("Tree", RICH)
    + reply("omid", 2, "Branch.")
    + reply("sara", 3, "Leaf.", "2")
    + reply("noor", 4, "Bud.", "3")
    + reply("omid", 5, "Another branch.")
)


@pytest.fixture(scope="module")
def site(tmp_path_factory: pytest.TempPathFactory) -> Community:
    files: dict[str, str | bytes] = {
        "cafe/board.md": "---\ntitle: Café\nreplies: nested\n---\n",
        "flat/board.md": "---\ntitle: Flat\nreplies: flat\n---\n",
        "cafe/tree.md": TREE,
        "cafe/pictures/index.md": HEAD.format("Pictures", PICTURES),
        **{f"cafe/pictures/{name}.png": picture(800, 500) for name in ("cup", "pot", "garden")},
        "cafe/pictures/small.png": picture(20, 20),
        "flat/long.md": LONG,
        "گپ/board.md": "---\ntitle: گپ\nlanguage: fa\n---\n",
        "گپ/pictures/index.md": HEAD.format("عکس‌ها", PICTURES),
        **{f"گپ/pictures/{name}.png": picture(800, 500) for name in ("cup", "pot", "garden")},
        "گپ/pictures/small.png": picture(20, 20),
        "flat/folded.md": FOLDED,
        "flat/wide.md": HEAD.format("Wide", f"```\nx = {'word + ' * 8}0\n```\n"),
        "members/leila.md": "---\nname: Leila Karimi\n---\n",
        "blog/board.md": "---\ntitle: Blog\nkind: blog\n---\n",
        "blog/long.md": HEAD.format("An article", "".join(f"## Part {part}\n\n{'Words. ' * 400}\n\n" for part in range(1, 5))),
    }
    made = community(tmp_path_factory.mktemp("readers") / "site", files, settings=SETTINGS)
    result = made.build()
    assert not result.problems, "\n".join(map(str, result.problems))
    return made


@pytest.fixture(scope="module")
def origin(site: Community) -> Iterator[str]:
    with served(site.root / "output") as found:
        yield found


@pytest.fixture
def visit(visitor: Callable[..., Visit]) -> Iterator[Visit]:
    made = visitor(permissions=["clipboard-read", "clipboard-write"])
    yield made
    assert made.complaints == []


def clipboard(page: Page) -> str:
    expect(page.locator(".notice")).not_to_be_empty()
    return str(page.evaluate("navigator.clipboard.readText()"))


# Branches ----------------------------------------------------------------------


def test_a_branch_is_folded_by_the_keyboard_and_says_how_much_it_hides(visit: Visit) -> None:
    page = visit.go("/cafe/tree/")
    summary = page.locator(".branch summary").first
    assert summary.text_content() == "2 replies"
    summary.focus()
    page.keyboard.press("Enter")
    expect(page.locator("#r-3")).not_to_be_visible()
    expect(page.locator("#r-4")).not_to_be_visible()
    assert page.locator("#r-5").is_visible()
    page.keyboard.press("Space")
    expect(page.locator("#r-4")).to_be_visible()


def test_the_line_of_a_branch_folds_it(visit: Visit) -> None:
    page = visit.go("/cafe/tree/")
    page.locator(".branch").first.scroll_into_view_if_needed()
    box = page.locator(".branch").first.bounding_box()
    assert box
    page.mouse.click(box["x"] + 19, box["y"] + box["height"] / 2)
    expect(page.locator("#r-3")).not_to_be_visible()


def test_all_branches_are_folded_and_unfolded_together_and_nothing_is_remembered(visit: Visit) -> None:
    page = visit.go("/cafe/tree/")
    page.get_by_role("button", name="Fold all replies").click()
    assert page.locator(".branch[open]").count() == 0
    page.get_by_role("button", name="Unfold all replies").click()
    assert page.locator(".branch:not([open])").count() == 0
    page.get_by_role("button", name="Fold all replies").click()
    page.reload()
    expect(page.locator("#r-4")).to_be_visible()


def test_a_permalink_into_a_branch_that_was_folded_shows_its_entry(visit: Visit) -> None:
    page = visit.go("/cafe/tree/")
    page.get_by_role("button", name="Fold all replies").click()
    page.evaluate("location.hash = 'r-4'")
    expect(page.locator("#r-4")).to_be_visible()


# Quotes, links -----------------------------------------------------------------


def test_an_entry_is_quoted_as_markdown_that_names_its_source(visit: Visit) -> None:
    page = visit.go("/cafe/tree/")
    page.locator("#r-1").get_by_role("button", name="Copy as a quote").click()
    assert clipboard(page) == (
        '> @"Leila Karimi" #1:\n'
        "> Water *first*, then **the leaves**.\n>\n"
        "> - one [link](https://example.org/)\n> - `two`\n>\n"
        '> ```python\n> print("a`b")\n> ```\n>\n'
        "> @omid knows about snake_case and 2 \\* 3.\n\n"
    )


def test_a_quote_that_was_copied_makes_a_quote_again(visit: Visit, site: Community) -> None:
    page = visit.go("/cafe/tree/")
    page.locator("#r-1").get_by_role("button", name="Copy as a quote").click()
    text = clipboard(page)
    again = site.root.parent / "again"
    pasted = community(again, {"cafe/tree.md": TREE + reply("noor", 6, text + "Yes.")}, settings=SETTINGS, cafe="")
    pasted.write({"members/leila.md": "---\nname: Leila Karimi\n---\n"}).clean()
    assert pasted.texts("/cafe/tree/", "#r-6 .quote-source") == ["Leila Karimi #1"]
    assert pasted.texts("/cafe/tree/", "#r-6 blockquote li") == ["one link", "two"]
    assert pasted.texts("/cafe/tree/", "#r-6 blockquote pre") == ['print("a`b")']
    assert pasted.texts("/cafe/tree/", "#r-6 blockquote p")[-1] == "@omid knows about snake_case and 2 * 3."


def test_only_what_is_selected_is_quoted(visit: Visit) -> None:
    page = visit.go("/cafe/tree/")
    page.locator("#r-1 .prose strong").first.evaluate("element => getSelection().selectAllChildren(element)")
    page.locator("#r-1").get_by_role("button", name="Copy as a quote").click()
    assert clipboard(page) == '> @"Leila Karimi" #1:\n> the leaves\n\n'


def test_a_permalink_and_the_pages_own_link_are_copied(visit: Visit) -> None:
    page = visit.go("/cafe/tree/")
    page.locator("#r-3 .permalink").click()
    assert clipboard(page).endswith("/forum/cafe/tree/#r-3")
    page.locator(".share summary").click()
    page.get_by_role("button", name="Copy the link").click()
    until(page, "navigator.clipboard.readText().then(text => text === 'https://example.org/forum/cafe/tree/')")


def test_nothing_is_shared_without_a_choice_and_by_plain_links(visit: Visit) -> None:
    page = visit.go("/cafe/tree/")
    page.locator(".share summary").click()
    links = page.locator(".share a")
    hrefs = [link.get_attribute("href") or "" for link in links.all()]
    assert [re.split("[?#]", href)[0] for href in hrefs] == ["mailto:", "https://share.joinmastodon.org/"]
    assert "Tree" in hrefs[0] and "https%3A//example.org/forum/cafe/tree/" in hrefs[0]
    page.keyboard.press("Escape")
    expect(links.first).not_to_be_visible()


def test_where_there_is_no_clipboard_nothing_is_offered_for_it(visitor: Callable[..., Visit]) -> None:
    visit = visitor()
    visit.page.add_init_script("Object.defineProperty(navigator, 'clipboard', { value: undefined })")
    page = visit.go("/cafe/tree/")
    assert not page.locator("[data-do=quote]").first.is_visible()
    page.keyboard.press("j")
    page.keyboard.press("q")
    assert visit.complaints == []


# New since the last visit --------------------------------------------------------


def seconds(day: int) -> int:
    return int(datetime(2026, 11, day, 10, tzinfo=UTC).timestamp())


def remember(visit: Visit, since: int, *topics: tuple[str, int, int]) -> None:
    """As if the last visit had ended then; told by a page that has no script of its own."""
    memory = {"since": since, "last": since, "topics": [list(topic) for topic in topics]}
    visit.page.route("**/favicon.ico", lambda route: route.fulfill(status=204))
    visit.go("/cafe/pictures/small.png").evaluate("memory => localStorage.setItem('anjoman:/forum/read', JSON.stringify(memory))", memory)


def test_a_first_visit_finds_nothing_new(visit: Visit) -> None:
    for address in ("/", "/flat/long/", "/flat/"):
        page = visit.go(address)
        page.wait_for_load_state()
        assert page.locator(".is-new, .jump").count() == 0


def test_what_came_after_the_last_visit_is_marked_in_lists(visit: Visit) -> None:
    page = visit.page
    remember(visit, seconds(10))
    visit.go("/")
    expect(page.locator(".row.is-new .row-title")).to_have_text("Long")
    assert page.locator(".row.is-new .new-mark").inner_text() == "New: Long"


@pytest.mark.parametrize("address", ["/recent/", "/members/omid/"])
def test_what_came_after_the_last_visit_is_marked_among_entries(address: str, visit: Visit) -> None:
    page = visit.page
    remember(visit, seconds(4), ("flat/long", seconds(20), 2))
    visit.go(address)
    marks = page.locator(".excerpt.is-new .new-mark")
    assert {mark.inner_text() for mark in marks.all()} == {"New: Long", "New: Tree"}
    assert marks.count() == 2, "what was read is not new, whenever it came"
    marks.last.click()
    page.wait_for_url("**/cafe/tree/#r-5")


def test_boards_with_something_new_are_marked_on_the_front_page(visit: Visit) -> None:
    page = visit.page
    remember(visit, seconds(10), ("cafe/tree", seconds(3), 1))
    visit.go("/")
    assert [mark.inner_text() for mark in page.locator(".board.is-new .new-mark").all()] == ["New: Café", "New: Flat"]
    page.get_by_role("link", name="New: Flat").click()
    page.wait_for_url("**/flat/")


def test_a_topic_that_was_read_is_no_longer_new_and_its_next_reply_is(visit: Visit) -> None:
    page = visit.page
    remember(visit, seconds(1))
    visit.go("/cafe/tree/")
    visit.go("/cafe/")
    assert page.locator(".row.is-new", has_text="Tree").count() == 0
    remember(visit, seconds(1), ("cafe/tree", seconds(3), 1))
    visit.go("/cafe/")
    row = page.locator(".row.is-new", has_text="Tree")
    row.get_by_role("link", name="First unread").click()
    page.wait_for_url("**/cafe/tree/#r-4")
    assert [entry.get_attribute("id") for entry in page.locator("article.is-new").all()] == ["r-4", "r-5"]


def test_the_first_unread_is_found_on_a_later_page(visit: Visit) -> None:
    page = visit.page
    remember(visit, seconds(2), ("flat/long", seconds(2 + 12), 1))
    visit.go("/flat/")
    page.get_by_role("link", name="First unread: Long").click()
    page.wait_for_url("**/flat/long/page/2/#r-15")
    assert page.locator("article.is-new").first.get_attribute("id") == "r-15"


def test_a_button_leads_to_the_first_unread_and_goes_when_it_is_seen(visit: Visit) -> None:
    page = visit.page
    page.set_viewport_size({"width": 800, "height": 300})
    remember(visit, seconds(2), ("flat/long", seconds(7), 1))
    visit.go("/flat/long/")
    jump = page.locator(".jump")
    assert jump.inner_text().split("\n")[0].startswith("First unread")
    jump.click()
    expect(jump).to_have_count(0)
    assert page.evaluate("location.hash") == "#r-8"
    box = page.locator("#r-8").bounding_box()
    assert box and 0 <= box["y"] < 300


def test_marks_move_nothing_on_the_page(visit: Visit) -> None:
    page = visit.go("/flat/long/")
    plain = page.locator("#r-11").bounding_box()
    remember(visit, seconds(2), ("flat/long", seconds(5), 1))
    visit.go("/flat/long/")
    assert page.locator("article.is-new").count() > 3
    assert page.locator("#r-11").bounding_box() == plain


def test_of_a_topic_whose_first_page_was_read_the_rest_is_not_new(visit: Visit) -> None:
    remember(visit, seconds(25))
    visit.go("/flat/long/")
    page = visit.go("/flat/")
    assert page.locator(".is-new").count() == 0


def test_a_browser_that_refuses_storage_reads_on(visitor: Callable[..., Visit]) -> None:
    visit = visitor()
    visit.page.add_init_script("Object.defineProperty(window, 'localStorage', { get() { throw new Error('no') } })")
    page = visit.go("/cafe/tree/")
    page.keyboard.press("j")
    assert page.locator("article.is-new").count() == 0
    assert visit.complaints == []


# Pictures ------------------------------------------------------------------------


def test_pictures_are_looked_at_by_the_keyboard(visit: Visit) -> None:
    page = visit.go("/cafe/pictures/")
    expect(page.locator("a.picture")).to_have_count(3)
    page.locator("a.picture").first.focus()
    page.keyboard.press("Enter")
    box = page.get_by_role("dialog", name="Pictures")
    expect(box.locator(".lightbox-caption")).to_have_text("A cup")
    assert box.get_by_role("button", name="Previous").count() == 0
    for caption in ("A pot", "The garden"):
        page.keyboard.press("ArrowRight")
        expect(box.locator(".lightbox-caption")).to_have_text(caption)
    expect(box.locator("img")).to_have_attribute("src", re.compile("garden.png$"))
    page.keyboard.press("Home")
    expect(box.locator(".lightbox-count")).to_have_text("1 / 3")
    page.keyboard.press("Escape")
    expect(box).not_to_be_visible()
    assert page.evaluate("document.activeElement.href.endsWith('cup.png')")


def test_pictures_turn_the_other_way_where_one_reads_from_the_right(visit: Visit) -> None:
    page = visit.go("/گپ/pictures/")
    page.locator("a.picture").first.click()
    page.keyboard.press("ArrowLeft")
    expect(page.locator(".lightbox-caption")).to_have_text("A pot")


def test_a_swipe_turns_to_the_next_picture_and_a_click_beside_it_closes(visit: Visit) -> None:
    page = visit.go("/cafe/pictures/")
    page.locator("a.picture").first.click()
    page.mouse.move(600, 300)
    page.mouse.down()
    page.mouse.move(450, 300)
    page.mouse.up()
    expect(page.locator(".lightbox-caption")).to_have_text("A pot")
    page.mouse.click(640, 15)
    expect(page.locator(".lightbox")).not_to_be_visible()


# Keys ----------------------------------------------------------------------------


def focused(page: Page) -> str:
    return str(page.evaluate("document.activeElement.id || document.activeElement.textContent"))


def test_keys_lead_from_entry_to_entry_and_pass_what_is_folded(visit: Visit) -> None:
    page = visit.go("/cafe/tree/")
    passed = []
    for key in ("j", "j", "j", "k", "c", "j"):
        page.keyboard.press(key)
        passed.append(focused(page))
    assert passed == ["r-1", "r-2", "r-3", "r-2", "r-2", "r-5"]
    page.keyboard.press("q")
    assert clipboard(page).startswith("> @omid #5:\n> Another branch.")


def test_keys_lead_from_topic_to_topic(visit: Visit) -> None:
    page = visit.go("/cafe/")
    page.keyboard.press("j")
    first = focused(page)
    page.keyboard.press("j")
    assert {first, focused(page)} == {"Tree", "Pictures"}


def test_the_list_of_keys_opens_and_turns_them_off(visit: Visit) -> None:
    page = visit.go("/cafe/tree/")
    page.keyboard.press("?")
    sheet = page.get_by_role("dialog", name="Keyboard shortcuts")
    assert sheet.locator("kbd").all_inner_texts() == ["j", "k", "n", "q", "c", "/", "?"]
    sheet.get_by_label("Use these keys").uncheck()
    sheet.get_by_role("button", name="Close").click()
    page.reload()
    page.keyboard.press("j")
    assert focused(page) != "r-1"
    page.get_by_role("button", name="Keyboard shortcuts").click()
    assert not page.get_by_label("Use these keys").is_checked()


# Long texts, paper, no script -----------------------------------------------------


def test_the_table_of_contents_marks_the_section_in_view(visit: Visit) -> None:
    page = visit.go("/blog/long/")
    expect(page.locator(".contents [aria-current]")).to_have_count(0)
    page.locator(".prose h2").nth(2).scroll_into_view_if_needed()
    page.locator(".prose h2").nth(2).evaluate("heading => heading.scrollIntoView()")
    expect(page.locator(".contents [aria-current=location]")).to_have_text("Part 3")


def test_code_can_be_scrolled_by_the_keyboard_where_it_is_wider_than_the_page(visit: Visit) -> None:
    page = visit.go("/flat/wide/")
    code = page.locator(".prose pre")
    page.set_viewport_size({"width": 360, "height": 740})
    expect(code).to_have_attribute("tabindex", "0")
    page.set_viewport_size({"width": 1280, "height": 740})
    expect(code).not_to_have_attribute("tabindex", "0")


def test_a_long_page_has_a_way_to_its_top_without_a_script(visitor: Callable[..., Visit]) -> None:
    page = visitor(java_script_enabled=False, viewport={"width": 800, "height": 500}).go("/flat/long/")
    link = page.locator(".to-top")
    page.mouse.wheel(0, 1200)
    expect(link).to_be_in_viewport()
    link.click()
    expect(page.locator("h1")).to_be_in_viewport()


def test_paper_has_the_whole_talk_and_none_of_the_tools(visit: Visit) -> None:
    page = visit.go("/cafe/tree/")
    page.get_by_role("button", name="Fold all replies").click()
    page.evaluate("dispatchEvent(new Event('beforeprint'))")
    page.emulate_media(media="print")
    for entry in page.locator("article.entry").all():
        assert entry.is_visible()
    for tool in (".entry-tool", ".share", ".fold-all", ".site-nav", ".branch summary", "[data-do=keys]"):
        assert not page.locator(tool).first.is_visible(), tool
    assert page.pdf(format="A4").count(b"/Type /Page\n") <= 2
    page.evaluate("dispatchEvent(new Event('afterprint'))")
    page.emulate_media(media="screen")
    expect(page.locator("#r-3")).not_to_be_visible()


def test_paper_is_light_and_without_a_script_nothing_stays_folded_on_it(visitor: Callable[..., Visit]) -> None:
    page = visitor(java_script_enabled=False).go("/flat/folded/")
    page.emulate_media(media="print", color_scheme="dark")
    assert page.locator(".recap .prose").is_visible()
    assert page.locator(".spoiler p").is_visible()
    ink = page.locator(".prose .code").first.evaluate("code => getComputedStyle(code).color")
    assert ink == "rgb(31, 35, 40)"


def test_without_a_script_branches_fold_and_nothing_dead_is_shown(visitor: Callable[..., Visit]) -> None:
    visit = visitor(java_script_enabled=False)
    page = visit.go("/cafe/tree/")
    for tool in page.locator("[data-do]").all():
        assert not tool.is_visible()
    page.locator(".branch summary").first.focus()
    page.keyboard.press("Enter")
    expect(page.locator("#r-4")).not_to_be_visible()
    page.locator(".share summary").click()
    assert page.get_by_role("link", name="Send by mail").is_visible()
    page.route("**/favicon.ico", lambda route: route.fulfill(status=204))
    visit.go("/cafe/pictures/")
    page.locator("figure a").click()
    page.wait_for_url("**/garden.png")
    assert visit.complaints == []
