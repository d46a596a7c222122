"""From what is known to what is shown: rows become the views that page contexts are made of, one subject a module.

What the views hold is said in `views`, where they are shown in `features`.
"""
