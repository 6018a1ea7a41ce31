"""Layer 7: figures over a changing tree, on any boundary, with coverage, gaps and lineage.
"""
