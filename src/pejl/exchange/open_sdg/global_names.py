"""The names of the global indicators of the Sustainable Development Goals, and whether a title speaks of one of them.

Repositories of Open SDG write `global_indicators.3-1-1-title` where the name of a global indicator stands; the words
lie in a repository of their own. The names here are those of the global indicator framework (A/RES/71/313 with its
refinements until 2025), shortened: without "by sex, age …" and without what stands in parentheses.
"""

from __future__ import annotations

import re
from collections.abc import Mapping

_NAMES = """
1.1.1 Proportion of the population living below the international poverty line
1.2.1 Proportion of population living below the national poverty line
1.2.2 Proportion of men, women and children living in poverty in all its dimensions
1.3.1 Proportion of population covered by social protection floors/systems
1.4.1 Proportion of population living in households with access to basic services
1.4.2 Proportion of total adult population with secure tenure rights to land
1.5.1 Number of deaths, missing persons and directly affected persons attributed to disasters per 100,000 population
1.5.2 Direct economic loss attributed to disasters in relation to global gross domestic product (GDP)
1.5.3 Number of countries that adopt and implement national disaster risk reduction strategies
1.5.4 Proportion of local governments that adopt and implement local disaster risk reduction strategies
1.a.1 Total official development assistance grants that focus on poverty reduction as a share of gross national income
1.a.2 Proportion of total government spending on essential services (education, health and social protection)
1.b.1 Pro-poor public social spending
2.1.1 Prevalence of undernourishment
2.1.2 Prevalence of moderate or severe food insecurity in the population
2.2.1 Prevalence of stunting among children under 5 years of age
2.2.2 Prevalence of malnutrition among children under 5 years of age (wasting and overweight)
2.2.3 Prevalence of anaemia in women aged 15 to 49 years
2.3.1 Volume of production per labour unit by classes of farming/pastoral/forestry enterprise size
2.3.2 Average income of small-scale food producers
2.4.1 Proportion of agricultural area under productive and sustainable agriculture
2.5.1 Number of plant and animal genetic resources secured in conservation facilities
2.5.2 Proportion of local breeds classified as being at risk of extinction
2.a.1 The agriculture orientation index for government expenditures
2.a.2 Total official flows to the agriculture sector
2.b.1 Agricultural export subsidies
2.c.1 Indicator of food price anomalies
3.1.1 Maternal mortality ratio
3.1.2 Proportion of births attended by skilled health personnel
3.2.1 Under-5 mortality rate
3.2.2 Neonatal mortality rate
3.3.1 Number of new HIV infections per 1,000 uninfected population
3.3.2 Tuberculosis incidence per 100,000 population
3.3.3 Malaria incidence per 1,000 population
3.3.4 Hepatitis B incidence per 100,000 population
3.3.5 Number of people requiring interventions against neglected tropical diseases
3.4.1 Mortality rate attributed to cardiovascular disease, cancer, diabetes or chronic respiratory disease
3.4.2 Suicide mortality rate
3.5.1 Coverage of treatment interventions for substance use disorders
3.5.2 Alcohol per capita consumption in litres of pure alcohol
3.6.1 Death rate due to road traffic injuries
3.7.1 Proportion of women who have their need for family planning satisfied with modern methods
3.7.2 Adolescent birth rate
3.8.1 Coverage of essential health services
3.8.2 Proportion of population with large household expenditures on health
3.9.1 Mortality rate attributed to household and ambient air pollution
3.9.2 Mortality rate attributed to unsafe water, unsafe sanitation and lack of hygiene
3.9.3 Mortality rate attributed to unintentional poisoning
3.a.1 Prevalence of current tobacco use among persons aged 15 years and older
3.b.1 Proportion of the target population covered by all vaccines included in their national programme
3.b.2 Total net official development assistance to medical research and basic health sectors
3.b.3 Proportion of health facilities that have essential medicines available and affordable
3.c.1 Health worker density and distribution
3.d.1 International Health Regulations capacity and health emergency preparedness
3.d.2 Percentage of bloodstream infections due to antimicrobial-resistant organisms
4.1.1 Proportion of children achieving at least a minimum proficiency level in reading and mathematics
4.1.2 Completion rate (primary education, lower secondary education, upper secondary education)
4.2.1 Proportion of children who are developmentally on track in health, learning and psychosocial well-being
4.2.2 Participation rate in organized learning (one year before the official primary entry age)
4.3.1 Participation rate of youth and adults in formal and non-formal education and training
4.4.1 Proportion of youth and adults with information and communications technology (ICT) skills
4.5.1 Parity indices for all education indicators
4.6.1 Proportion of population achieving a fixed level of proficiency in functional literacy and numeracy skills
4.7.1 Extent to which education for sustainable development and global citizenship are mainstreamed
4.a.1 Proportion of schools offering basic services
4.b.1 Volume of official development assistance flows for scholarships
4.c.1 Proportion of teachers with the minimum required qualifications
5.1.1 Whether or not legal frameworks are in place to promote, enforce and monitor equality on the basis of sex
5.2.1 Proportion of women subjected to physical, sexual or psychological violence by an intimate partner
5.2.2 Proportion of women subjected to sexual violence by persons other than an intimate partner
5.3.1 Proportion of women aged 20-24 years who were married or in a union before age 15 and before age 18
5.3.2 Proportion of girls and women who have undergone female genital mutilation
5.4.1 Proportion of time spent on unpaid domestic and care work
5.5.1 Proportion of seats held by women in national parliaments and local governments
5.5.2 Proportion of women in managerial positions
5.6.1 Proportion of women who make their own informed decisions regarding sexual relations and reproductive health care
5.6.2 Number of countries with laws that guarantee access to sexual and reproductive health care and education
5.a.1 Proportion of total agricultural population with ownership or secure rights over agricultural land
5.a.2 Proportion of countries where the legal framework guarantees women's equal rights to land ownership
5.b.1 Proportion of individuals who own a mobile telephone
5.c.1 Proportion of countries with systems to track public allocations for gender equality
6.1.1 Proportion of population using safely managed drinking water services
6.2.1 Proportion of population using safely managed sanitation services and a hand-washing facility
6.3.1 Proportion of domestic and industrial wastewater flows safely treated
6.3.2 Proportion of bodies of water with good ambient water quality
6.4.1 Change in water-use efficiency over time
6.4.2 Level of water stress: freshwater withdrawal as a proportion of available freshwater resources
6.5.1 Degree of integrated water resources management
6.5.2 Proportion of transboundary basin area with an operational arrangement for water cooperation
6.6.1 Change in the extent of water-related ecosystems over time
6.a.1 Amount of water- and sanitation-related official development assistance
6.b.1 Proportion of local administrative units with participation of communities in water and sanitation management
7.1.1 Proportion of population with access to electricity
7.1.2 Proportion of population with primary reliance on clean fuels and technology
7.2.1 Renewable energy share in the total final energy consumption
7.3.1 Energy intensity measured in terms of primary energy and GDP
7.a.1 International financial flows to developing countries in support of clean energy
7.b.1 Installed renewable energy-generating capacity
8.1.1 Annual growth rate of real GDP per capita
8.2.1 Annual growth rate of real GDP per employed person
8.3.1 Proportion of informal employment in total employment
8.4.1 Material footprint, material footprint per capita, and material footprint per GDP
8.4.2 Domestic material consumption, domestic material consumption per capita and per GDP
8.5.1 Average hourly earnings of employees
8.5.2 Unemployment rate
8.6.1 Proportion of youth not in education, employment or training
8.7.1 Proportion and number of children engaged in child labour
8.8.1 Fatal and non-fatal occupational injuries per 100,000 workers
8.8.2 Level of national compliance with labour rights
8.9.1 Tourism direct GDP as a proportion of total GDP
8.10.1 Number of commercial bank branches and of automated teller machines (ATMs) per 100,000 adults
8.10.2 Proportion of adults with an account at a bank or other financial institution
8.a.1 Aid for Trade commitments and disbursements
8.b.1 Existence of a developed and operationalized national strategy for youth employment
9.1.1 Proportion of the rural population who live within 2 km of an all-season road
9.1.2 Passenger and freight volumes, by mode of transport
9.2.1 Manufacturing value added as a proportion of GDP and per capita
9.2.2 Manufacturing employment as a proportion of total employment
9.3.1 Proportion of small-scale industries in total industry value added
9.3.2 Proportion of small-scale industries with a loan or line of credit
9.4.1 CO2 emission per unit of value added
9.5.1 Research and development expenditure as a proportion of GDP
9.5.2 Researchers (in full-time equivalent) per million inhabitants
9.a.1 Total official international support to infrastructure
9.b.1 Proportion of medium and high-tech industry value added in total value added
9.c.1 Proportion of population covered by a mobile network
10.1.1 Growth rates of household expenditure or income per capita among the bottom 40 per cent of the population
10.2.1 Proportion of people living below 50 per cent of median income
10.3.1 Proportion of population reporting having personally felt discriminated against or harassed
10.4.1 Labour share of GDP
10.4.2 Redistributive impact of fiscal policy on the Gini index
10.5.1 Financial Soundness Indicators
10.6.1 Proportion of members and voting rights of developing countries in international organizations
10.7.1 Recruitment cost borne by employee as a proportion of monthly income earned in country of destination
10.7.2 Number of countries with migration policies that facilitate safe migration and mobility of people
10.7.3 Number of people who died or disappeared in the process of migration towards an international destination
10.7.4 Proportion of the population who are refugees, by country of origin
10.a.1 Proportion of tariff lines applied to imports from developing countries with zero-tariff
10.b.1 Total resource flows for development
10.c.1 Remittance costs as a proportion of the amount remitted
11.1.1 Proportion of urban population living in slums, informal settlements or inadequate housing
11.2.1 Proportion of population that has convenient access to public transport
11.3.1 Ratio of land consumption rate to population growth rate
11.3.2 Proportion of cities with a direct participation structure of civil society in urban planning
11.4.1 Total expenditure per capita spent on the preservation of all cultural and natural heritage
11.5.1 Number of deaths, missing persons and directly affected persons attributed to disasters per 100,000 population
11.5.2 Direct economic loss attributed to disasters in relation to global gross domestic product (GDP)
11.5.3 Damage to critical infrastructure and number of disruptions to basic services, attributed to disasters
11.6.1 Proportion of municipal solid waste collected and managed in controlled facilities
11.6.2 Annual mean levels of fine particulate matter (PM2.5 and PM10) in cities
11.7.1 Average share of the built-up area of cities that is open space for public use
11.7.2 Proportion of persons victim of physical or sexual harassment
11.a.1 Number of countries that have national urban policies or regional development plans
11.b.1 Number of countries that adopt and implement national disaster risk reduction strategies
11.b.2 Proportion of local governments that adopt and implement local disaster risk reduction strategies
12.1.1 Number of countries with policy instruments for sustainable consumption and production
12.2.1 Material footprint, material footprint per capita, and material footprint per GDP
12.2.2 Domestic material consumption, domestic material consumption per capita and per GDP
12.3.1 Food loss index and food waste index
12.4.1 Number of parties to international agreements on hazardous waste and other chemicals that transmit information
12.4.2 Hazardous waste generated per capita and proportion of hazardous waste treated
12.5.1 National recycling rate, tons of material recycled
12.6.1 Number of companies publishing sustainability reports
12.7.1 Number of countries implementing sustainable public procurement policies and action plans
12.8.1 Extent to which education for sustainable development and global citizenship are mainstreamed
12.a.1 Installed renewable energy-generating capacity
12.b.1 Standard accounting tools to monitor the economic and environmental aspects of tourism sustainability
12.c.1 Amount of fossil-fuel subsidies as a proportion of GDP
13.1.1 Number of deaths, missing persons and directly affected persons attributed to disasters per 100,000 population
13.1.2 Number of countries that adopt and implement national disaster risk reduction strategies
13.1.3 Proportion of local governments that adopt and implement local disaster risk reduction strategies
13.2.1 Number of countries with nationally determined contributions, long-term strategies and adaptation plans
13.2.2 Total greenhouse gas emissions per year
13.3.1 Extent to which education for sustainable development and global citizenship are mainstreamed
13.a.1 Amounts provided and mobilized in relation to the collective goal of climate finance
13.b.1 Number of least developed countries with nationally determined contributions and adaptation plans
14.1.1 Index of coastal eutrophication and plastic debris density
14.2.1 Number of countries using ecosystem-based approaches to managing marine areas
14.3.1 Average marine acidity (pH) measured at representative sampling stations
14.4.1 Proportion of fish stocks within biologically sustainable levels
14.5.1 Coverage of protected areas in relation to marine areas
14.6.1 Degree of implementation of instruments to combat illegal, unreported and unregulated fishing
14.7.1 Sustainable fisheries as a proportion of GDP
14.a.1 Proportion of total research budget allocated to research in the field of marine technology
14.b.1 Degree of application of a framework which protects access rights for small-scale fisheries
14.c.1 Number of countries implementing ocean-related instruments of international law
15.1.1 Forest area as a proportion of total land area
15.1.2 Proportion of important sites for terrestrial and freshwater biodiversity covered by protected areas
15.2.1 Progress towards sustainable forest management
15.3.1 Proportion of land that is degraded over total land area
15.4.1 Coverage by protected areas of important sites for mountain biodiversity
15.4.2 Mountain Green Cover Index and proportion of degraded mountain land
15.5.1 Red List Index
15.6.1 Number of countries with frameworks to ensure fair and equitable sharing of benefits of genetic resources
15.7.1 Proportion of traded wildlife that was poached or illicitly trafficked
15.8.1 Proportion of countries adopting legislation for the prevention or control of invasive alien species
15.9.1 Number of countries that established national targets for biodiversity; environmental-economic accounting
15.a.1 Official development assistance on conservation and sustainable use of biodiversity
15.b.1 Official development assistance on conservation and sustainable use of biodiversity
15.c.1 Proportion of traded wildlife that was poached or illicitly trafficked
16.1.1 Number of victims of intentional homicide per 100,000 population
16.1.2 Conflict-related deaths per 100,000 population
16.1.3 Proportion of population subjected to physical, psychological and sexual violence
16.1.4 Proportion of population that feel safe walking alone around the area they live after dark
16.2.1 Proportion of children who experienced physical punishment or psychological aggression by caregivers
16.2.2 Number of victims of human trafficking per 100,000 population
16.2.3 Proportion of young women and men aged 18-29 years who experienced sexual violence by age 18
16.3.1 Proportion of victims of violence who reported their victimization to competent authorities
16.3.2 Unsentenced detainees as a proportion of overall prison population
16.3.3 Proportion of the population who experienced a dispute and accessed a dispute resolution mechanism
16.4.1 Total value of inward and outward illicit financial flows
16.4.2 Proportion of seized, found or surrendered arms whose illicit origin or context has been traced
16.5.1 Proportion of persons who paid a bribe to a public official, or were asked for a bribe
16.5.2 Proportion of businesses that paid a bribe to a public official, or were asked for a bribe
16.6.1 Primary government expenditures as a proportion of original approved budget
16.6.2 Proportion of population satisfied with their last experience of public services
16.7.1 Proportions of positions in national and local institutions, compared to national distributions
16.7.2 Proportion of population who believe decision-making is inclusive and responsive
16.8.1 Proportion of members and voting rights of developing countries in international organizations
16.9.1 Proportion of children under 5 years of age whose births have been registered with a civil authority
16.10.1 Number of cases of killing, kidnapping and enforced disappearance of journalists and human rights advocates
16.10.2 Number of countries that adopt and implement guarantees for public access to information
16.a.1 Existence of independent national human rights institutions
16.b.1 Proportion of population reporting having personally felt discriminated against or harassed
17.1.1 Total government revenue as a proportion of GDP
17.1.2 Proportion of domestic budget funded by domestic taxes
17.2.1 Net official development assistance as a proportion of gross national income (GNI)
17.3.1 Additional financial resources mobilized for developing countries from multiple sources
17.3.2 Volume of remittances as a proportion of total GDP
17.4.1 Debt service as a proportion of exports of goods and services
17.5.1 Number of countries that adopt investment promotion regimes for developing countries
17.6.1 Fixed broadband subscriptions per 100 inhabitants
17.7.1 Total amount of funding to promote environmentally sound technologies
17.8.1 Proportion of individuals using the Internet
17.9.1 Dollar value of official development assistance committed to developing countries
17.10.1 Worldwide weighted tariff-average
17.11.1 Developing countries' and least developed countries' share of global exports
17.12.1 Weighted average tariffs faced by developing countries
17.13.1 Macroeconomic Dashboard
17.14.1 Number of countries with mechanisms to enhance policy coherence of sustainable development
17.15.1 Extent of use of country-owned results frameworks by providers of development cooperation
17.16.1 Number of countries reporting progress in multi-stakeholder development effectiveness monitoring frameworks
17.17.1 Amount committed to public-private partnerships for infrastructure
17.18.1 Statistical capacity indicators
17.18.2 Number of countries that have national statistical legislation
17.18.3 Number of countries with a national statistical plan that is fully funded and under implementation
17.19.1 Dollar value of all resources made available to strengthen statistical capacity in developing countries
17.19.2 Proportion of countries that have conducted a population and housing census, and register births and deaths
"""
NAMES: Mapping[str, str] = dict(line.split(" ", 1) for line in _NAMES.strip().splitlines())
"""The name of each global indicator by its number, in English."""

_LITTLE = """
about access adults all amount and annual any are area areas average before being capita cent change children countries
country coverage degree development direct extent from gross have index indicator indicators international level living
local more national not number other over people per percent percentage persons population proportion public rate ratio
relation services share than that the their total under using value volume was were where which who whose with women
years
"""
_SAYS_LITTLE = frozenset(_LITTLE.split())
_LETTERS_OF_A_STEM = 6


def speaks_of(title: str, number: str) -> bool:
    """Tell whether an English title speaks of the global indicator `number`, as 3.1.1.

    Cities and countries give their own indicators the numbers of global ones. A title speaks of the global indicator
    where it has two words of its name, or a third of them, in any form; words that many names have do not count.
    """
    wanted = _stems(NAMES.get(number, ""))
    found = wanted & _stems(title)
    return len(found) >= 2 or (bool(found) and 3 * len(found) >= len(wanted))


def _stems(text: str) -> set[str]:
    words = re.findall(r"[a-z][a-z0-9]+", text.casefold())
    return {word[:_LETTERS_OF_A_STEM] for word in words if len(word) > 2 and word not in _SAYS_LITTLE}
