"""What each kind of page shows: pure views over a linked briefing, one module per page.

They say what stands on a page and in what order, as of the briefing's day; templates say how it is put.
"""
