"""Words per second, memory and loading time of the pipeline on one core: ``python tests/benchmarks/bench_nlp.py``.

Prints one JSON object. The text is invented; sentences have the length of those of the statute book (26 words on average).
"""

from __future__ import annotations

import json
import os
import resource
import time

for name in ("OMP_NUM_THREADS", "OPENBLAS_NUM_THREADS", "MKL_NUM_THREADS"):
    os.environ.setdefault(name, "1")

SENTENCES = (
    "Dersom eieren etter en vurdering av stien og omgivelsene finner at den ikke lenger er trygg, skal eieren uten ugrunnet "
    "opphold stenge stien og gi melding til kommunen.",
    "Kommunen skal sørgje for at eigarar av stiar som er merkte etter første ledd, får naudsynt rettleiing om vedlikehald, "
    "og kan gi pålegg om retting innan ein fastsett frist.",
    "Departementet kan gi forskrift om merking.",
    "Opplysningar som er gitt etter § 2 a, jf. § 3-12 andre ledd nr. 4, skal ikkje brukast til andre formål enn dei som er "
    "nemnde i føresegna, med mindre den opplysningane gjeld, har samtykt.",
)


def main(sentences: int = 2_000) -> None:
    """Measure and print."""
    started = time.perf_counter()
    import spacy

    imported = time.perf_counter()
    from duties.nlp import load_pipeline, parse_sentence, parse_sentences

    before = _memory()
    begun = time.process_time()
    nlp = load_pipeline()
    loading = time.process_time() - begun
    list(parse_sentences(SENTENCES))
    texts = [SENTENCES[number % len(SENTENCES)] for number in range(sentences)]
    begun = time.process_time()
    words = sum(len(doc) for doc in parse_sentences(texts))
    batch = time.process_time() - begun
    begun = time.process_time()
    for text in texts[:200]:
        parse_sentence(text)
    single = time.process_time() - begun
    print(
        json.dumps(
            {
                "spacy": spacy.__version__,
                "components": nlp.pipe_names,
                "import_spacy_seconds": round(imported - started, 2),
                "load_seconds": round(loading, 2),
                "words_per_second": round(words / batch),
                "milliseconds_for_one_sentence": round(1000 * single / 200, 2),
                "memory_of_the_pipeline_mb": round(_memory_after_loading(before)),
                "memory_peak_mb": round(_memory()),
            }
        )
    )


def _memory() -> float:
    return resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024


def _memory_after_loading(before: float) -> float:
    return _memory() - before


if __name__ == "__main__":
    main()
