"""Reads proposed amendments from gazette documents, web pages, Word files, PDFs and plain text.

`read_proposal` finds the amending part by itself and lays it out as the gazette does, so that the parser of amendments
takes it as it takes a promulgated act. What was taken, passed over or could not be read is told in `Proposal.messages`.
"""

from lovdata_ingest.proposals.block import Block, Message, Place, Proposal
from lovdata_ingest.proposals.read import read_blocks, read_proposal, read_proposals

__all__ = ["Block", "Message", "Place", "Proposal", "read_blocks", "read_proposal", "read_proposals"]
