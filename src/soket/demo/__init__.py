"""The demonstration world: built through the rooms' own actions, seeded, labelled as synthetic.
"""
