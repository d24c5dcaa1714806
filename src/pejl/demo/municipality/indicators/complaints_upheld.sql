-- Complaints that were taken up and decided: was the decision changed, or sent back to be made anew?
SELECT
  complaints.complaint_id,
  cases.person,
  complaints.decided_on AS event_date,
  cases.area,
  CASE WHEN complaints.outcome IN ('changed', 'returned') THEN 1 ELSE 0 END AS numerator,
  1 AS denominator
FROM complaints
JOIN cases ON cases.case_id = complaints.case_id
WHERE complaints.decided_on IS NOT NULL AND complaints.outcome IN ('confirmed', 'changed', 'returned')
