//! Which realm the devices of a place ask, by what was accepted there: an account of another realm is refused whatever its
//! password is.

use std::collections::HashMap;

/// Accounts of one realm among those that were accepted at a place, from which on the place is believed to be of it.
const SHARE: f64 = 0.8;

/// What is known of places: sites, subnets, greetings.
#[derive(Default)]
pub(super) struct Realms {
    /// By place, by realm: how many log-ins were accepted.
    accepted: HashMap<String, HashMap<String, f64>>,
    /// By place: the realm whose accounts are tried now.
    tried: HashMap<String, String>,
}

impl Realms {
    /// An account of a realm was accepted or refused at these places.
    pub fn learn(&mut self, places: &[String], realm: &str, accepted: bool) {
        // What a device keeps itself says nothing of the realm that it asks.
        for place in places.iter().filter(|_| realm != model::account::LOCAL_REALM) {
            match accepted {
                true => {
                    let realms = self.accepted.entry(place.clone()).or_default();
                    *realms.entry(realm.to_owned()).or_default() += 1.0;
                }
                false => drop(self.tried.insert(place.clone(), realm.to_owned())),
            }
        }
    }

    /// The realm of a device at these places, the nearest first; `None` where nothing is known.
    pub fn of(&self, places: &[String]) -> Option<&str> {
        places.iter().find_map(|place| {
            let realms = self.accepted.get(place)?;
            let all: f64 = realms.values().sum();
            let (realm, most) = realms.iter().max_by(|a, b| a.1.total_cmp(b.1).then(b.0.cmp(a.0)))?;
            (*most >= SHARE * all).then_some(realm.as_str())
        })
    }

    /// The realm whose accounts were last tried there: one realm after the other leaves the others their tries.
    pub fn tried(&self, places: &[String]) -> Option<&str> {
        places.iter().find_map(|place| self.tried.get(place)).map(String::as_str)
    }
}

#[test]
fn a_place_is_of_the_realm_whose_accounts_it_takes() {
    let mut realms = Realms::default();
    let places = |names: [&str; 2]| names.map(str::to_owned);
    let (fra, muc) = (places(["subnet=1", "site=fra"]), places(["subnet=9", "site=muc"]));
    realms.learn(&fra, "emea", true);
    realms.learn(&fra, "local", true);
    realms.learn(&fra, "apac", false);
    assert_eq!(realms.of(&places(["subnet=2", "site=fra"])), Some("emea"));
    assert_eq!((realms.of(&muc), realms.tried(&fra)), (None, Some("apac")));
    realms.learn(&places(["subnet=9", "site=fra"]), "apac", true);
    assert_eq!(realms.of(&fra), Some("emea"), "its subnet is of one realm alone");
    assert_eq!(realms.of(&places(["subnet=2", "site=fra"])), None, "the site is of two");
}
