"""What is true of a simulated study, for each number of its report; and the two side by side.

Nothing in front of the analysis may read any of it. It shares no code with the estimators: a mistake there must not be
made here too.
"""
