"""The work of an office: cases, their audits and reviews, the work queue and the dashboard; doors call it, it decides.

Every operation takes the office and the visitor, checks the permission and that the object is the practice's own,
does its work in one transaction, and leaves a line in the trail.
"""
