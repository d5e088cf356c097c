//! AAA: several servers, many accounts on each, and how few failures they bear.
//!
//! Each device asks the server of its realm, which is one for the sites of a region. Of the accounts there one lets
//! into the access switches and another one into the rest; all others let in nowhere. A failure counts against the
//! account wherever it happens, and no success takes it away: the strictest of servers.

use std::collections::{BTreeMap, BTreeSet, HashMap};
use std::sync::{Mutex, MutexGuard, PoisonError};
use std::time::{Duration, Instant};

use rand::seq::SliceRandom as _;
use rand::{RngExt as _, SeedableRng as _};
use rand_chacha::ChaCha8Rng;
use serde::{Deserialize, Serialize};

use crate::world::{Device, Role, World};

/// What kind of AAA a lab has.
#[derive(Clone, Debug, Serialize, Deserialize)]
pub struct AaaOptions {
    pub realms: usize,
    /// In all realms together; two of each realm let in somewhere.
    pub credentials: usize,
    /// Failures of an account that lock it.
    pub lock_after: u32,
    /// How long it stays locked, and failures count.
    pub lock_seconds: u64,
}

/// An account of one of the realms.
#[derive(Clone, Debug, Serialize, Deserialize)]
pub struct AaaCredential {
    pub name: String,
    pub realm: String,
    pub username: String,
    pub password: String,
}

/// What happened on the servers until now.
#[derive(Clone, Debug, Serialize, Deserialize)]
pub struct AaaStatus {
    pub realms: Vec<RealmStatus>,
    /// Log-ins tried with accounts of the realms; the lab's own account is not one of them.
    pub log_ins: u64,
    pub refused: u64,
    /// The most that any account was refused within the time to lock.
    pub most_refusals: u32,
}

/// All accounts, in the order in which an operator would have noted them: none.
#[derive(Clone, Debug, Serialize, Deserialize)]
pub struct AaaAccounts {
    pub credentials: Vec<AaaCredential>,
    /// By device: the name of the credential that lets in.
    pub right: BTreeMap<String, String>,
}

#[derive(Clone, Debug, Serialize, Deserialize)]
pub struct RealmStatus {
    pub name: String,
    pub devices: usize,
    pub accounts: usize,
    pub log_ins: u64,
    pub refused: u64,
    /// Accounts that were locked at any time.
    pub locked: BTreeSet<String>,
}

/// The servers of a lab.
pub struct Aaa {
    options: AaaOptions,
    credentials: Vec<AaaCredential>,
    /// By device: its realm, and whether it is an access switch.
    devices: Vec<(usize, bool)>,
    /// By realm: the user names that let into the rest and into access switches.
    right: Vec<[String; 2]>,
    /// The lab's own account, which every realm has.
    own: (String, String),
    realms: Vec<Mutex<Realm>>,
}

#[derive(Default)]
struct Realm {
    accounts: HashMap<String, Account>,
    log_ins: u64,
    refused: u64,
    most_refusals: u32,
    locked: BTreeSet<String>,
}

struct Account {
    password: String,
    failures: Vec<Instant>,
    locked_at: Option<Instant>,
}

impl Aaa {
    /// A function of the options, the world and its seed, but for the passwords.
    pub fn new(options: AaaOptions, world: &World, own: (&str, &str)) -> Self {
        let mut rng = ChaCha8Rng::seed_from_u64(world.seed() ^ 0xaaa);
        let realms = options.realms.max(1);
        let count = options.credentials.max(2 * realms);
        let mut numbers: Vec<usize> = (1..=count).collect();
        numbers.shuffle(&mut rng);
        let credential = |n: usize| AaaCredential {
            name: format!("cred-{n:04}"),
            realm: realm_name(n % realms),
            username: format!("svc{n:04}"),
            password: super::lab::random_password(),
        };
        let credentials: Vec<AaaCredential> = numbers.into_iter().map(credential).collect();
        let mut servers: Vec<Realm> = (0..realms).map(|_| Realm::default()).collect();
        for server in &mut servers {
            server.accounts.insert(own.0.to_owned(), Account::new(own.1));
        }
        for c in &credentials {
            let number = servers.iter().enumerate().position(|(n, _)| realm_name(n) == c.realm).unwrap_or_default();
            servers[number].accounts.insert(c.username.clone(), Account::new(&c.password));
        }
        let mut right = |n: usize| {
            let mut own: Vec<&String> =
                credentials.iter().filter(|c| c.realm == realm_name(n)).map(|c| &c.username).collect();
            [0, 1].map(|_| own.swap_remove(rng.random_range(0..own.len())).clone())
        };
        let right = (0..realms).map(&mut right).collect();
        let region = |d: &Device| (d.site * realms / world.site_count().max(1), d.role == Role::Access);
        Self {
            devices: world.devices().iter().map(region).collect(),
            right,
            own: (own.0.to_owned(), own.1.to_owned()),
            realms: servers.into_iter().map(Mutex::new).collect(),
            credentials,
            options,
        }
    }

    pub fn options(&self) -> &AaaOptions {
        &self.options
    }

    pub fn accounts(&self, world: &World) -> AaaAccounts {
        let right = world.devices().iter().map(|d| (d.hostname().to_owned(), self.right_of(d.id))).collect();
        AaaAccounts { credentials: self.credentials.clone(), right }
    }

    /// The realm of a device.
    pub fn realm_of(&self, device: usize) -> String {
        realm_name(self.devices[device].0)
    }

    /// Whether the server lets this user into this device now; a refusal counts.
    pub fn accepts(&self, device: usize, username: &str, password: &[u8], now: Instant) -> bool {
        let (number, is_access) = self.devices[device];
        let is_own = username == self.own.0;
        let is_meant = is_own || username == self.right[number][usize::from(is_access)];
        let mut realm = lock(&self.realms[number]);
        let accepted = realm.check(username, password, is_meant, &self.options, now);
        if !(is_own && accepted) {
            realm.log_ins += 1;
            realm.refused += u64::from(!accepted);
        }
        accepted
    }

    /// The enable secret is the password of the account that lets in.
    pub fn accepts_enable(&self, device: usize, secret: &str) -> bool {
        let (number, is_access) = self.devices[device];
        let realm = lock(&self.realms[number]);
        realm.accounts.get(&self.right[number][usize::from(is_access)]).is_some_and(|a| a.password == secret)
    }

    pub fn status(&self) -> AaaStatus {
        let realms: Vec<RealmStatus> = (0..self.realms.len()).map(|n| self.realm_status(n)).collect();
        AaaStatus {
            log_ins: realms.iter().map(|r| r.log_ins).sum(),
            refused: realms.iter().map(|r| r.refused).sum(),
            most_refusals: self.realms.iter().map(|r| lock(r).most_refusals).max().unwrap_or_default(),
            realms,
        }
    }

    fn realm_status(&self, number: usize) -> RealmStatus {
        let realm = lock(&self.realms[number]);
        RealmStatus {
            name: realm_name(number),
            devices: self.devices.iter().filter(|(of, _)| *of == number).count(),
            accounts: realm.accounts.len(),
            log_ins: realm.log_ins,
            refused: realm.refused,
            locked: realm.locked.clone(),
        }
    }

    fn right_of(&self, device: usize) -> String {
        let (number, is_access) = self.devices[device];
        let username = &self.right[number][usize::from(is_access)];
        let found = self.credentials.iter().find(|c| c.username == *username);
        found.map(|c| c.name.clone()).unwrap_or_default()
    }
}

impl Account {
    fn new(password: &str) -> Self {
        Self { password: password.to_owned(), failures: Vec::new(), locked_at: None }
    }
}

impl Realm {
    fn check(&mut self, username: &str, password: &[u8], is_meant: bool, options: &AaaOptions, now: Instant) -> bool {
        let Some(account) = self.accounts.get_mut(username) else { return false };
        let lasts = Duration::from_secs(options.lock_seconds);
        let is_recent = |at: &Instant| now.duration_since(*at) < lasts;
        account.locked_at = account.locked_at.filter(is_recent);
        if account.locked_at.is_none() && is_meant && account.password.as_bytes() == password {
            return true;
        }
        account.failures.retain(is_recent);
        account.failures.push(now);
        let failures = u32::try_from(account.failures.len()).unwrap_or(u32::MAX);
        self.most_refusals = self.most_refusals.max(failures);
        if failures >= options.lock_after.max(1) {
            account.locked_at.get_or_insert(now);
            self.locked.insert(username.to_owned());
        }
        false
    }
}

fn realm_name(number: usize) -> String {
    format!("aaa{}", number + 1)
}

fn lock(realm: &Mutex<Realm>) -> MutexGuard<'_, Realm> {
    realm.lock().unwrap_or_else(PoisonError::into_inner)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::WorldOptions;

    const OPTIONS: AaaOptions = AaaOptions { realms: 2, credentials: 10, lock_after: 3, lock_seconds: 60 };

    fn servers() -> (World, Aaa) {
        let world = World::generate(60, 1, &WorldOptions::default());
        let aaa = Aaa::new(OPTIONS, &world, ("admin", "own"));
        (world, aaa)
    }

    /// User name and password for a device.
    fn right(aaa: &Aaa, device: usize) -> (String, String) {
        let name = aaa.right_of(device);
        let found = aaa.credentials.iter().find(|c| c.name == name).expect("a credential");
        (found.username.clone(), found.password.clone())
    }

    #[test]
    fn each_device_takes_one_account_of_its_realm_and_the_labs_own() {
        let (world, aaa) = servers();
        let now = Instant::now();
        let mut taken = BTreeSet::new();
        for d in world.devices() {
            let lets_in = |c: &&AaaCredential| aaa.accepts(d.id, &c.username, c.password.as_bytes(), now);
            let fresh = Aaa::new(OPTIONS, &world, ("admin", "own"));
            assert_eq!(fresh.right_of(d.id), aaa.right_of(d.id), "the same world, the same accounts");
            let (username, password) = right(&aaa, d.id);
            assert!(aaa.accepts(d.id, &username, password.as_bytes(), now), "{}", d.name);
            assert!(aaa.accepts(d.id, "admin", b"own", now), "{}", d.name);
            let found = aaa.credentials.iter().filter(|c| c.username == username).find(lets_in).expect("it");
            assert_eq!(found.realm, aaa.realm_of(d.id));
            taken.insert(found.name.clone());
        }
        assert_eq!(taken.len(), 4, "two in each of two realms");
    }

    #[test]
    fn an_account_is_locked_by_failures_on_any_devices_and_comes_back() {
        let (world, aaa) = servers();
        let now = Instant::now();
        let (username, password) = right(&aaa, 0);
        let same = world.devices().iter().filter(|d| right(&aaa, d.id).0 == username).map(|d| d.id);
        let devices: Vec<usize> = same.take(3).collect();
        let log_in = |n: usize, password: &str, at| aaa.accepts(devices[n], &username, password.as_bytes(), at);
        assert!(!log_in(0, "wrong", now) && !log_in(1, "wrong", now));
        assert!(log_in(2, &password, now), "two failures do not lock");
        assert!(!log_in(0, "wrong", now), "a success does not take them away");
        assert!(!log_in(1, &password, now), "locked");
        let status = aaa.status();
        assert_eq!((status.log_ins, status.refused, status.most_refusals), (5, 4, 4));
        assert_eq!(status.realms.iter().flat_map(|r| &r.locked).collect::<Vec<_>>(), [&username]);
        assert!(log_in(1, &password, now + Duration::from_secs(61)), "it came back");
    }
}
