"""The duty graph of the statutes, and the overlaps, conflicts and gaps in it.

`analyse` takes documents, norms and references and gives findings, the matrix of services and kinds of duty, and the
graph. Each finding names the provisions it rests on, tells why it has its score, and says in words what is wrong.

>>> from graph import Inputs, analyse
>>> analyse(Inputs(acts=())).findings
()
"""

from graph.analyse import Analysis, analyse
from graph.finding import Evidence, Finding, Words
from graph.inputs import Inputs

__all__ = ["Analysis", "Evidence", "Finding", "Inputs", "Words", "analyse"]
