select
    calendar_school_years.period,
    school_absence.person,
    sum(school_absence.illness_days + school_absence.lawful_days + school_absence.unlawful_days) as numerator,
    sum(school_absence.school_days) as denominator
from school_absence
join calendar_school_years
    on calendar_school_years.end_year
    = extract(year from school_absence.month_first)
        + case when extract(month from school_absence.month_first) >= 8 then 1 else 0 end
group by calendar_school_years.period, school_absence.person
