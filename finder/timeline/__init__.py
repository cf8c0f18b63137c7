"""What begins and what ends for each child, and when: `timetable(catalog, answers, on) -> lines`."""

from finder.timeline.family import coming, to_ask, unsure
from finder.timeline.lines import (
    BEGINS,
    CHILD,
    ENDS,
    IS_OPEN,
    PREGNANCY,
    SCHOOL_ENDS,
    SPEAKER,
    Entry,
    Group,
    Line,
    Node,
    known_to_a_month,
    time_left,
    timetable,
    two_aprils,
)
from finder.timeline.soon import soon
from finder.timeline.windows import Course, Person, Window, courses, people

__all__ = ["BEGINS", "CHILD", "ENDS", "IS_OPEN", "PREGNANCY", "SCHOOL_ENDS", "SPEAKER", "Course", "Entry", "Group", "Line", "Node",
           "Person", "Window", "coming", "courses", "known_to_a_month", "people", "soon", "time_left", "timetable", "to_ask", "two_aprils",
           "unsure"]
