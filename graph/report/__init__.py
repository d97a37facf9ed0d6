"""Renderers: findings, matrix and provisions, for people (terminal, Markdown, HTML, Word, tables) and machines (JSON).

Each renderer is a pure function of the analysis; reading, choosing and printing stay with the caller.
"""
