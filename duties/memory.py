"""What the sentences so far have said, for those that take it up: "Opplysningene skal gis …", "Det samme gjelder"."""

from __future__ import annotations

from collections.abc import Callable

from duties.actor_resolution import ActContext
from duties.frame import Frame
from lovdata_ingest.sentences import Flow

PERSONS = frozenset({"person", "foresatte"})
COORDINATORS = frozenset({"koordinator", "barnekoordinator"})
Ids = tuple[str, ...]
# Addressees of the act are taken from this confidence on: a weak guess says so in the frame's own confidence.
_USABLE = 0.1


def all_persons(ids: Ids) -> bool:
    """Whether *ids* names nobody but persons and families (nobody at all counts too)."""
    return set(ids) <= PERSONS


class Memory:
    """The frames and subjects of a section so far. ``keeper`` is who keeps secrets by the act's first rule on that."""

    def __init__(self, context: ActContext, keeper: Ids = ()) -> None:
        self.context = context
        self.keeper = keeper
        self.agreement: Frame | None = None
        self.flow: Flow | None = None
        self.sentence = 1
        self.section: list[Frame] = []
        self.ledd: list[Frame] = []
        self.section_subject: Ids = ()
        self.named: set[str] = set()
        self._subject: Ids = ()
        self._unread: list[Callable[[], Ids]] = []

    def new_ledd(self, flow: Flow) -> None:
        """Begin another ledd."""
        self.section_subject = self.section_subject or self.subject
        self.flow = flow
        self.ledd = []
        self.subject = ()

    @property
    def subject(self) -> Ids:
        """The subject of the sentence before in the ledd that has one."""
        while self._unread:
            found = self._unread.pop()()
            if found:
                self._subject = found
                self._unread.clear()
        return self._subject

    @subject.setter
    def subject(self, ids: Ids) -> None:
        self._subject = ids
        self._unread.clear()

    def read_if_asked(self, subject: Callable[[], Ids]) -> None:
        """Remember a sentence without a norm; its subject is looked for only where a later one asks."""
        self._unread.append(subject)

    def keep(self, frame: Frame) -> bool:
        """Remember a frame; False where the sentence has given it already."""
        for known in self.ledd:
            same = known.address == frame.address and known.category == frame.category
            if same and known.modality == frame.modality and (known.bearer == frame.bearer or not frame.bearer):
                return False
        self.section.append(frame)
        self.ledd.append(frame)
        self.named.add(frame.category)
        return True

    def _earlier(self) -> tuple[tuple[list[Frame], str], ...]:
        return (self.ledd, "ledd"), (self.section, "section")

    def bearer(self, counterpart: Ids) -> tuple[Ids, str]:
        """Who is bound where the sentence names nobody, and what tells; never the *counterpart*, never a person."""

        def fits(ids: Ids) -> bool:
            return bool(ids) and not set(ids) & set(counterpart) and not all_persons(ids)

        for frames, name in self._earlier():
            # of the ledd the last norm speaks, of the section the first: whom the section is about
            for frame in reversed(frames) if name == "ledd" else frames:
                if frame.modality != "right" and fits(frame.bearer):
                    return frame.bearer, name
            if name == "ledd" and fits(self.subject):
                return self.subject, name
        if fits(self.section_subject):
            return self.section_subject, "section"
        return self.addressee(counterpart)

    def addressee(self, without: Ids = ()) -> tuple[Ids, str]:
        """Who is meant where the section names nobody: heading, chapter, whom the act speaks to."""
        if self.flow is None:
            return (), ""
        for answer in self.context.default_bearer(self.flow.address, self.sentence):
            if answer.confidence >= _USABLE and not set(answer.ids) & set(without) and not all_persons(answer.ids):
                return answer.ids, "act"
        if without and not all_persons(without):
            return self.addressee()
        return (), ""

    def secret_keeper(self) -> tuple[Ids, str]:
        """Who has to keep the secret that a sentence speaks of."""
        for frames, name in self._earlier():
            for frame in reversed(frames):
                if frame.category == "confidentiality" and frame.bearer:
                    return frame.bearer, name
        if self.keeper:
            return self.keeper, "the act's rule on secrecy"
        if self.subject and not all_persons(self.subject):
            return self.subject, "ledd"
        return self.addressee()

    def ordered(self) -> tuple[Ids, Ids]:
        """Of a power to order information named before in the section: those ordered, and who gets it."""
        for frame in reversed(self.section):
            if frame.rule == "share/order":
                return frame.counterpart, frame.bearer
        return (), ()
