"""graphkit: a graph-based investigation network analyzer.

>>> import graphkit
>>> graphkit.open("./casebook")
Casebook('./casebook')
"""

from graphkit.casebook import Casebook
from graphkit.casebook import open_casebook as open
from graphkit.errors import GraphkitError
from graphkit.model.answer import Answer, Column

__version__ = "0.1.0"
__all__ = ["Answer", "Casebook", "Column", "GraphkitError", "open"]
