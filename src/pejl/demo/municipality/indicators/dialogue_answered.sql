-- Each thing that was said at a meeting of the year: is it answered?
SELECT
  office_lines.line,
  office_lines.line AS person,
  calendar_years.period,
  office_lines.answered AS numerator,
  1 AS denominator
FROM office_lines
JOIN office_meetings ON office_meetings.meeting = office_lines.meeting
JOIN calendar_years ON office_meetings.day BETWEEN calendar_years.first_day AND calendar_years.last_day
