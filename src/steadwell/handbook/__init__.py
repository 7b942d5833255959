"""The rulebook for people: which codes hold on a day, who says so, and what comes of a made-up case.

Reading only: no models, no patient, nothing kept of what is tried.
"""
