"""The browser tests can only be trusted if a page that misbehaves fails them."""

import pytest
from csp.utils import build_policy


@pytest.fixture
def anywhere(page):
    """An empty page under the site's own content policy."""
    headers = {"Content-Type": "text/html", "Content-Security-Policy": build_policy()}
    page.route("**/empty", lambda route: route.fulfill(body="<!doctype html><title>Empty</title>", headers=headers))
    page.goto("/empty")
    return page


def taken(complaints, page) -> list[str]:
    """What the page complained of so far, taken out so that this test may pass. Waits for the first, and for more."""
    for _ in range(25):
        if not complaints:
            page.wait_for_timeout(20)
    page.wait_for_timeout(200)
    found = list(complaints)
    complaints.clear()
    return found


def test_an_error_in_the_console_is_heard(anywhere, complaints):
    anywhere.evaluate("console.error('broken')")
    assert taken(complaints, anywhere) == ["console: broken"]


def test_an_error_in_a_script_is_heard(anywhere, complaints):
    anywhere.evaluate("setTimeout(() => { throw new Error('broken') })")
    assert any("broken" in complaint for complaint in taken(complaints, anywhere))


@pytest.mark.parametrize(
    "markup", ["<p style='color: red'>", "<style>p { color: red }</style>", "<img src=x onerror='alert(1)'>"]
)
def test_what_the_content_policy_refuses_is_heard(anywhere, complaints, markup):
    anywhere.evaluate("markup => { document.body.innerHTML = markup }", markup)
    assert any("Content policy" in complaint for complaint in taken(complaints, anywhere))


def test_a_request_that_leaves_the_site_is_heard(anywhere, complaints):
    anywhere.evaluate("new Image().src = 'http://127.0.0.1:9/pixel.gif'")
    assert any("left the site" in complaint or "refused" in complaint for complaint in taken(complaints, anywhere))


def test_a_missing_picture_is_heard_and_a_missing_page_is_not(anywhere, complaints):
    with anywhere.expect_response("**/no-such-picture.webp"):
        anywhere.evaluate("new Image().src = '/no-such-picture.webp'")
    assert any(complaint.startswith("answered 404") for complaint in taken(complaints, anywhere))
    with anywhere.expect_response("**/no-such-page/"):
        anywhere.evaluate("fetch('/no-such-page/')")
    assert taken(complaints, anywhere) == []


def test_without_javascript_no_script_of_a_page_runs(new_page):
    page = new_page(javascript=False, width=360)
    page.goto("/healthz")
    assert page.evaluate("window.innerWidth") == 360
    page.set_content("<p id=p>still</p><script>document.getElementById('p').textContent = 'ran'</script>")
    assert page.locator("#p").text_content() == "still"
