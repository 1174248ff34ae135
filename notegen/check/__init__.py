"""What `notegen check` says beside the problems that reading and linking find: advice, and what was meant.

`advice` looks for what a gardener wants to know, `link_suggestions` for links that may have been forgotten, and
`did_you_mean` for what a broken link may have meant.
"""
