"""The HTML report in a real browser: filters, links, keyboard, and nothing fetched from outside."""

from __future__ import annotations

import shutil
from collections.abc import Iterator
from pathlib import Path

import pytest

from graph.answer import answer, report_of
from graph.report.html import to_html
from lovdata_ingest.corpus import Corpus

webdriver = pytest.importorskip("selenium.webdriver")
from selenium.webdriver.common.by import By  # noqa: E402
from selenium.webdriver.common.keys import Keys  # noqa: E402
from selenium.webdriver.support.ui import Select, WebDriverWait  # noqa: E402

SWITCHES = (
    "--headless", "--no-sandbox", "--disable-gpu", "--disable-quic", "--no-first-run", "--disable-background-networking",
    "--disable-component-update", "--disable-sync", "--window-size=1300,1000",
)  # fmt: skip


@pytest.fixture(scope="module")
def page(tmp_path_factory: pytest.TempPathFactory) -> Path:
    found = answer(Corpus(()))
    path = tmp_path_factory.mktemp("page") / "rapport.html"
    path.write_text(to_html(report_of(found, found.analysis.findings), "nb"), "utf-8")
    return path


@pytest.fixture(scope="module")
def browser(page: Path) -> Iterator[webdriver.Chrome]:
    chromium, driver = shutil.which("chromium"), shutil.which("chromedriver")
    if not chromium or not driver:
        pytest.skip("needs a browser: chromium and chromedriver (Debian: apt-get install chromium chromium-driver)")
    options = webdriver.ChromeOptions()
    options.binary_location = chromium
    for switch in SWITCHES:
        options.add_argument(switch)
    options.set_capability("goog:loggingPrefs", {"browser": "ALL"})
    chrome = webdriver.Chrome(options=options, service=webdriver.ChromeService(driver))
    chrome.get(page.as_uri())
    WebDriverWait(chrome, 30).until(
        lambda b: b.execute_script("return document.documentElement.dataset.graph") == "ready"
    )
    yield chrome
    chrome.quit()


@pytest.fixture(autouse=True)
def _reset(browser: webdriver.Chrome) -> None:
    browser.execute_script("document.getElementById('filter').reset(); location.hash = ''")
    WebDriverWait(browser, 10).until(
        lambda b: len(shown(b)) == len(b.find_elements(By.CSS_SELECTOR, "article.finding"))
    )


def shown(browser: webdriver.Chrome) -> list[str]:
    return browser.execute_script(
        "return [...document.querySelectorAll('article.finding:not([hidden])')].map(a => a.id)"
    )


def dots(browser: webdriver.Chrome) -> int:
    return browser.execute_script("return Bokeh.documents[0].get_model_by_name('edges').data.ids.length")


def test_the_filter_by_act_leaves_the_findings_of_that_act_and_thins_the_graph(browser: webdriver.Chrome) -> None:
    before, all_dots = shown(browser), dots(browser)
    Select(browser.find_element(By.NAME, "act")).select_by_value("lov/2005-06-17-64")
    WebDriverWait(browser, 10).until(lambda b: 0 < len(shown(b)) < len(before))
    left = shown(browser)
    acts = browser.execute_script(
        "return [...document.querySelectorAll('article.finding:not([hidden])')].map(a => a.dataset.acts)"
    )
    assert all("lov/2005-06-17-64" in one.split() for one in acts)
    assert 0 < dots(browser) < all_dots
    assert str(len(left)) in browser.find_element(By.ID, "status").text


def test_kind_score_and_words_filter_together(browser: webdriver.Chrome) -> None:
    browser.find_element(By.CSS_SELECTOR, "input[value=overlap]").click()
    kinds = browser.execute_script(
        "return [...document.querySelectorAll('article.finding:not([hidden])')].map(a => a.dataset.kind)"
    )
    assert kinds
    assert "overlap" not in kinds
    browser.execute_script(
        "const s = document.querySelector('[name=score]'); s.value = 0.75; s.dispatchEvent(new Event('input', {bubbles: true}))"
    )
    scores = browser.execute_script(
        "return [...document.querySelectorAll('article.finding:not([hidden])')].map(a => +a.dataset.score)"
    )
    assert scores
    assert min(scores) >= 0.75
    browser.find_element(By.NAME, "words").send_keys("zzzz")
    assert shown(browser) == []


def test_a_finding_opens_by_its_anchor_and_its_links_lead_to_its_provisions(browser: webdriver.Chrome) -> None:
    first = shown(browser)[0]
    browser.execute_script(f"location.hash = '{first}'")
    WebDriverWait(browser, 10).until(
        lambda b: b.find_element(By.CSS_SELECTOR, f"#{first} details").get_attribute("open")
    )
    links = browser.find_elements(By.CSS_SELECTOR, f"#{first} details a")
    assert links
    assert all(link.get_attribute("href").startswith("https://lovdata.no/NL/lov/") for link in links)


def test_a_dot_gives_links_to_its_findings(browser: webdriver.Chrome) -> None:
    browser.execute_script("Bokeh.documents[0].get_model_by_name('edges').selected.indices = [0]")
    ids = browser.execute_script("return Bokeh.documents[0].get_model_by_name('edges').data.ids[0].split(' ')")
    links = browser.find_elements(By.CSS_SELECTOR, "#picked a")
    assert [link.get_attribute("href").rpartition("#")[2] for link in links] == ids


def test_the_page_works_from_the_keyboard(browser: webdriver.Chrome) -> None:
    browser.execute_script("document.activeElement.blur(); window.scrollTo(0, 0)")
    body = browser.find_element(By.TAG_NAME, "body")
    body.send_keys(Keys.TAB)
    assert browser.switch_to.active_element.get_attribute("class") == "skip"
    reached = set()
    for _ in range(400):
        browser.switch_to.active_element.send_keys(Keys.TAB)
        reached.add(browser.switch_to.active_element.get_attribute("name"))
        if {"kind", "type", "act", "actor", "score", "words"} <= reached:
            break
    assert {"kind", "type", "act", "actor", "score", "words"} <= reached


def test_nothing_is_fetched_from_outside_and_nothing_fails(browser: webdriver.Chrome) -> None:
    fetched = browser.execute_script("return performance.getEntriesByType('resource').map(e => e.name)")
    assert [name for name in fetched if name.startswith("http")] == []
    errors = [entry["message"] for entry in browser.get_log("browser") if entry["level"] == "SEVERE"]
    assert [error for error in errors if "favicon" not in error] == []


def test_words_stand_out_enough_from_their_ground(browser: webdriver.Chrome) -> None:
    """WCAG 2 AA asks for a contrast of 4.5 to 1."""
    pairs = browser.execute_script(
        """const ground = e => { while (e) { const c = getComputedStyle(e).backgroundColor;
             if (!c.endsWith(', 0)') && c !== 'transparent') return c; e = e.parentElement; } return 'rgb(255, 255, 255)'; };
           return [...document.querySelectorAll('p, a, th, td, h1, h2, h3, label, summary, button, .key span')].slice(0, 1500)
             .filter(e => e.offsetParent && e.textContent.trim()).map(e => [getComputedStyle(e).color, ground(e), e.tagName]);"""
    )
    low = {(ink, ground, tag) for ink, ground, tag in map(tuple, pairs) if contrast(ink, ground) < 4.5}
    assert pairs
    assert low == set()


def contrast(one: str, other: str) -> float:
    def light(colour: str) -> float:
        parts = [float(p) / 255 for p in colour[colour.index("(") + 1 : -1].split(",")[:3]]
        linear = [p / 12.92 if p <= 0.03928 else ((p + 0.055) / 1.055) ** 2.4 for p in parts]
        return 0.2126 * linear[0] + 0.7152 * linear[1] + 0.0722 * linear[2]

    high, low = sorted((light(one), light(other)), reverse=True)
    return (high + 0.05) / (low + 0.05)
