//! A part of a MAC address, looked up in the index of whole ones.
//!
//! Network cards come from few makers: the first six digits of all addresses are some hundreds. So digits that stand
//! somewhere within an address are a few hundred starts of addresses, and each start is looked up.

use std::borrow::Cow;

use model::{FactKind, MacPattern};

use super::Predicate;
use crate::{StoreError, StoreResult, Tx};

/// Digits that name the maker.
const MAKER: usize = 6;

/// With more makers than this, which hosts that make up their addresses bring about, all addresses are looked through.
const MOST_MAKERS: usize = 2_000;

/// Fewer digits stand in so many addresses that looking through finds some soon.
const ENOUGH: usize = 5;

impl Tx {
    /// The predicates, with starts in place of a part of a MAC where that is quicker.
    pub(super) async fn with_starts<'p>(
        &mut self,
        kind: &'static FactKind,
        predicates: &'p [Predicate],
    ) -> StoreResult<Vec<Cow<'p, Predicate>>> {
        let mut all = Vec::with_capacity(predicates.len());
        for predicate in predicates {
            let starts = match predicate {
                Predicate::Mac(column, mac) if (ENOUGH..12).contains(&mac.digits().len()) => {
                    self.makers(kind, column).await?.map(|makers| Predicate::Begins(column, starts(&makers, mac)))
                }
                _ => None,
            };
            all.push(starts.map_or(Cow::Borrowed(predicate), Cow::Owned));
        }
        Ok(all)
    }

    /// The first six digits of all addresses in a column, each found by a step in the index; `None` when there are too
    /// many.
    async fn makers(&mut self, kind: &'static FactKind, column: &str) -> StoreResult<Option<Vec<String>>> {
        let position = kind.position(column).ok_or_else(|| StoreError::not_found("column", column))?;
        let (table, column) = (kind.table, kind.columns[position].name);
        let next = format!("select min({column}) from {table} where tenant_id = $1");
        let mut sql = self.sql(format!(
            "with recursive maker (mac) as ({next} union all
                select ({next} and {column} > substr(maker.mac, 1, {MAKER}) || 'g') from maker where mac is not null)
            select substr(mac, 1, {MAKER}) from maker where mac is not null"
        ));
        sql.limit(Some(MOST_MAKERS as u32 + 1));
        let makers: Vec<(String,)> = self.all(sql).await?;
        let few = makers.len() <= MOST_MAKERS;
        Ok(few.then(|| makers.into_iter().map(|(digits,)| digits).collect()))
    }
}

/// Starts of the addresses of these makers that have the digits somewhere.
fn starts(makers: &[String], mac: &MacPattern) -> Vec<String> {
    let digits = mac.digits();
    let mut starts = vec![digits.to_owned()];
    for at in 1..=12 - digits.len() {
        for maker in makers.iter().filter(|m| m.len() == MAKER) {
            let shared = (MAKER.saturating_sub(at)).min(digits.len());
            match at.checked_sub(MAKER) {
                Some(0) => starts.push(format!("{maker}{digits}")),
                Some(1) => starts.extend((0..16).map(|n| format!("{maker}{n:x}{digits}"))),
                None if maker[at..at + shared] == digits[..shared] => starts.push(format!("{}{digits}", &maker[..at])),
                Some(_) | None => {}
            }
        }
    }
    starts.sort_unstable();
    // What begins with another one is found by that.
    starts.dedup_by(|later, earlier| later.starts_with(earlier.as_str()));
    starts
}

#[cfg(test)]
mod tests {
    use super::*;

    /// Every address of these makers is among the starts if and only if it has the digits.
    #[test]
    fn the_starts_are_those_of_all_addresses_that_have_the_digits() {
        let makers = ["001122", "aabbcc", "0a0a0a"].map(str::to_owned);
        for digits in ["112233", "22334", "0a0a0a", "bbcc0", "001122", "33445", "0a0a0a0a", "22aabbccdd5"] {
            let starts = starts(&makers, &digits.parse().expect(digits));
            for maker in &makers {
                for rest in ["334455", "0a0a0a", "033445", "bbcc00", "112233", "a0a0a0", "223340"] {
                    let mac = format!("{maker}{rest}");
                    let is_found = starts.iter().any(|s| mac.starts_with(s.as_str()));
                    assert_eq!(is_found, mac.contains(digits), "{mac} {digits} {starts:?}");
                }
            }
        }
    }
}
