/** Meanings of address parts; form as in people.ts. Which address (billing, home, …) is read apart, as a facet. */
export const addressConcepts = `
street | pol | street | street; address street; street number@0.5; address line 1; address^pol@0.55; street house number; street house; address 1; street line; street line 1; street name; address street line 1; line 1; street first; street address line 1; address line; address street 1; road; street number house
street2 | pol | street2 | address line 2; street 2; street line 2; street second; address 2; address second; line 2; address street line 2; street other; address other line; address street 2; street name 2; address line second; address suffix; suffix address
street3 | pol |  | address line 3; street 3; address 3; line 3; address line 4; street third; care of; address name; address recipient
house-number | pol | int | house; house number; number house; street house number@0.6; street number; building; building number; house number suffix; address number; number street
full-address | pol | address | address; full address; address full; address value; formatted address; address formatted; complete address; address complete; full address primary; address text; address^d; address name@0.3; formatted area; address display; address single line; postal address value
city | pold | city | city; city name; address city; city address; town; postcode city@0.5; locality; city contact; city of; city customer
district | pol | city | district; address district; county; district city; region 2; province 2
region | pold | region | state^pol; province; region; state province; region state; address state; state region; address region; address province; state code; province code; region code; state name; state^d@0.4; province region; address state code; country state; province state; state abbreviation
territory | old | enum | region sales; territory; region^do@0.4; sales region; sales territory; territory sales; territory id; territory name; zone
postcode | pold | postcode | postcode; address postcode; postcode code; code postcode; postcode address; zip; postcode city@0.4; code^p@0.05; number postcode
country | pold | country | country; address country; country name; country address; country code; code country; country id; country code iso; country region; country contact; country customer; country full name; company country; country code 2; country iso; country company; iso code country; country primary
country-code | pold | country | country code; cc^po@0.4; code country; address country code; country code iso
continent | pol |  | continent; country area; world region
latitude | pol | latlong | latitude; address latitude; geo latitude
longitude | pol | latlong | longitude; address longitude; geo longitude
po-box | pol |  | pobox; pobox postcode; pobox city; address pobox; pobox number
address-type | pol | enum | address type; type address; location type; address label
geo-other | pol |  | geo; geo location; address coordinates; geo status; address geo; coordinates; geocode accuracy; address valid; address status; address verified
address-id | pol | id | address id; id address; billing id; shipping id; address primary id
`;
