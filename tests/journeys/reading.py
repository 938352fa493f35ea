"""Somebody who reads pages as a browser shows them and fills in the forms that are there."""

from dataclasses import dataclass, field
from html.parser import HTMLParser

from django.test import Client

from coalface.records.models import Person

Fields = dict[str, list[str]]


@dataclass
class Form:
    """A form as it stands on a page: where it goes and how, and what it says before anybody touches it."""

    action: str
    method: str
    fields: Fields = field(default_factory=dict)


class Forms(HTMLParser):
    """Picks the forms out of a page, and the words a reader sees."""

    def __init__(self, html: str) -> None:
        super().__init__()
        self.found: list[Form] = []
        self.words: list[str] = []
        self.links: list[str] = []
        self.inside_link = False
        self.select = self.textarea = ""
        self.feed(html)

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        given = dict(attrs)
        name = given.get("name") or ""
        if tag == "form":
            self.found.append(Form(given.get("action") or "", given.get("method") or "get"))
        elif tag == "a":
            self.inside_link = True
            self.links.append("")
        elif tag == "select":
            self.select = name
        elif tag == "option" and self.select and ("selected" in given or self.select not in self._fields()):
            self._fields()[self.select] = [given.get("value") or ""]
        elif tag == "textarea":
            self.textarea = name
            self._fields()[name] = [""]
        elif tag == "input" and name:
            self._input(name, given)

    def _fields(self) -> Fields:
        return self.found[-1].fields if self.found else {}

    def _input(self, name: str, given: dict[str, str | None]) -> None:
        if given.get("type") in {"radio", "checkbox"} and "checked" not in given:
            return
        self._fields()[name] = [given.get("value") or ""]

    def handle_endtag(self, tag: str) -> None:
        if tag == "a":
            self.inside_link = False
        elif tag == "select":
            self.select = ""
        elif tag == "textarea":
            self.textarea = ""

    def handle_data(self, data: str) -> None:
        if self.textarea:
            self._fields()[self.textarea] = [data.removeprefix("\r\n").removeprefix("\n")]
        else:
            self.words.append(data)
        if self.inside_link:
            self.links[-1] += data


class Page:
    """One page that came back."""

    def __init__(self, response) -> None:
        self.status = response.status_code
        self.address = response.request["PATH_INFO"]
        read = Forms(response.content.decode())
        self.forms, self.words = read.found, " ".join("".join(read.words).split())
        self.links = [" ".join(link.split()) for link in read.links]

    def says(self, *sentences: str) -> bool:
        """Whether all of these can be read, line breaks and tags apart."""
        return all(sentence in self.words for sentence in sentences)

    def form(self, action: str, *, method: str = "") -> Form:
        """The first form that goes to this address (or, with "", to the page itself)."""
        there = [form for form in self.forms if form.action.partition("#")[0] == action]
        return next(form for form in there if method in ("", form.method))


class Reader:
    """A person at a browser without JavaScript, whose forms must carry their CSRF token."""

    def __init__(self, person: Person | None = None) -> None:
        self.client = Client(enforce_csrf_checks=True)
        if person:
            self.client.force_login(person.account)

    def open(self, address: str) -> Page:
        """Follow an address to a page."""
        return Page(self.client.get(address, follow=True))

    def send(self, page: Page, action: str, **said: object) -> Page:
        """Fill in a form of this page and send it, not one that only looks for something."""
        form = page.form(action, method="post")
        fields = form.fields | {name: [str(value)] for name, value in said.items()}
        return Page(self.client.post(action or page.address, fields, follow=True))

    def hand_in(self, page: Page, action: str, **files: object) -> Page:
        """Send a form of this page with files chosen in it."""
        fields = page.form(action).fields | files
        return Page(self.client.post(action or page.address, fields, follow=True))

    def insist(self, page: Page, address: str) -> Page:
        """Send what this page does not offer, as somebody with an old page open would."""
        token = next(form.fields for form in page.forms if "csrfmiddlewaretoken" in form.fields)
        sent = {"csrfmiddlewaretoken": token["csrfmiddlewaretoken"]}
        return Page(self.client.post(address, sent, follow=True))
