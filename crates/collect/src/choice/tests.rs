use rand::seq::SliceRandom;
use rand::{RngExt, SeedableRng};
use rand_chacha::ChaCha8Rng;

use super::*;

/// A network: what each device takes, which of them take the same, and what the vault has.
struct World {
    candidates: Vec<Candidate>,
    subjects: Vec<Subject>,
    /// By device: the place of its credential in the vault.
    truth: Vec<usize>,
    /// By device: those with one number take one credential.
    group: Vec<usize>,
}

/// Sites, devices, credentials.
type Size = (usize, usize, usize);
const LARGE: Size = (40, 2000, 1000);
const SMALL: Size = (4, 120, 80);
/// Fewer than what the servers lock at.
const TRIES: usize = 3;

/// Five realms: four AAA groups, each of ten sites, with one account for the network and one for firewalls; and the
/// accounts that the console servers of each site keep themselves. The other credentials of the vault work nowhere.
/// Public are site, role, platform, subnet, and where devices greet the banner, which is one for each AAA group.
fn world(seed: u64, (sites, devices, credentials): Size, greets: bool) -> World {
    let mut rng = ChaCha8Rng::seed_from_u64(seed);
    let credential =
        |name: String, realm: &str| Candidate { username: name.clone(), name, realm: Some(realm.to_owned()) };
    let mut live: Vec<Candidate> = Vec::new();
    for realm in 0..4 {
        live.push(credential(format!("svc{}", rng.random_range(100..999)), &format!("aaa{realm}")));
        live.push(credential(format!("sec{}", rng.random_range(100..999)), &format!("aaa{realm}")));
    }
    for site in 0..sites {
        live.push(Candidate { username: "admin".into(), ..credential(format!("s{site:02}-console"), "local") });
    }
    let live_count = live.len();
    let dead = (0..credentials - live_count).map(|n| match n % 5 {
        4 => Candidate { username: "admin".into(), ..credential(format!("s{:02}-old{n}", n % sites), "local") },
        realm => credential(format!("user{n}"), &format!("aaa{realm}")),
    });
    let mut numbered: Vec<(usize, Candidate)> = live.into_iter().chain(dead).enumerate().collect();
    numbered.shuffle(&mut rng);
    let place = |n: usize| numbered.iter().position(|(number, _)| *number == n).expect("there");
    let places: Vec<usize> = (0..live_count).map(place).collect();

    let (mut subjects, mut truth, mut group) = (Vec::new(), Vec::new(), Vec::new());
    for n in 0..devices {
        let site = rng.random_range(0..sites);
        let realm = site * 4 / sites;
        let (role, platform, number) = match rng.random_range(0..100) {
            0..5 => ("console", "linux", 8 + site),
            5..15 => ("firewall", "paloalto_panos", realm * 2 + 1),
            15..40 => ("router", "cisco_xe", realm * 2),
            _ => ("switch", ["cisco_ios", "arista_eos"][n % 2], realm * 2),
        };
        let banner = if role == "console" { format!("none at {site}") } else { format!("aaa{realm}") };
        let (site, subnet) = (format!("s{site:02}"), format!("10.{site}.{}", n % 3));
        let mut traits = vec![format!("platform={platform}"), format!("role={role}"), format!("site={site}")];
        let mut near = vec![format!("subnet={subnet} role={role}"), format!("site={site} role={role}")];
        let at = vec![format!("site={site}")];
        let mut words = vec![site, role.to_owned()];
        if greets {
            traits.push(format!("banner={banner}"));
            near.push(format!("banner={banner} role={role}"));
            words.push(banner);
        }
        subjects.push(Subject { key: n as i64, traits, near, places: at, words });
        truth.push(places[number]);
        group.push(number);
    }
    World { candidates: numbered.into_iter().map(|(_, c)| c).collect(), subjects, truth, group }
}

#[derive(Debug, Default)]
struct Tally {
    log_ins: usize,
    found: usize,
    most_refusals_of_an_account: usize,
    runs: usize,
}

/// Runs a choice to its end with so many tries under way at once, which end in a random order, and again half an hour
/// later for what is left. Accounts are left alone as the gate does it: after two refusals in a row until the next
/// acceptance, and after [`TRIES`] refusals in a run.
fn play(world: &World, at_once: usize, seed: u64) -> Tally {
    let mut rng = ChaCha8Rng::seed_from_u64(seed);
    let mut tally = Tally::default();
    let mut history: Vec<(usize, usize, bool)> = Vec::new();
    let mut left: Vec<usize> = (0..world.subjects.len()).collect();
    let mut in_a_row: HashMap<Place, usize> = HashMap::new();
    while !left.is_empty() && tally.runs < 8 {
        tally.runs += 1;
        let mut refused: HashMap<Place, usize> = HashMap::new();
        let mut counted: HashMap<Place, usize> = HashMap::new();
        let subjects = left.iter().map(|n| world.subjects[*n].clone()).collect();
        let mut choice = Choice::new(world.candidates.clone(), subjects);
        for (n, candidate, accepted) in &history {
            choice.learn(&world.subjects[*n], *candidate, *accepted);
        }
        let mut under_way: Vec<(usize, usize)> = Vec::new();
        loop {
            while under_way.len() < at_once
                && let Next::Try { subject, candidate } = choice.choose()
            {
                under_way.push((subject, candidate));
            }
            if under_way.is_empty() {
                break;
            }
            let (subject, candidate) = under_way.swap_remove(rng.random_range(0..under_way.len()));
            let (account, local) = choice.place(subject, candidate);
            let place = (account, local.map(|s| left[s]));
            let (row, all) = (in_a_row.entry(place).or_default(), refused.entry(place).or_default());
            if *row >= 2 || *all >= TRIES {
                choice.tell(subject, candidate, Result::Closed);
                continue;
            }
            let device = left[subject];
            let accepted = world.truth[device] == candidate;
            tally.log_ins += 1;
            tally.found += usize::from(accepted);
            *row = if accepted { 0 } else { *row + 1 };
            *all += usize::from(!accepted);
            // The servers of the device's own realm are the only ones that hear of it.
            let asked = realm(&world.candidates[world.truth[device]]);
            if !accepted && realm(&world.candidates[candidate]) == asked {
                let counted = counted.entry(place).or_default();
                *counted += 1;
                tally.most_refusals_of_an_account = tally.most_refusals_of_an_account.max(*counted);
            }
            if accepted {
                for other in choice.misplaced(subject, candidate) {
                    let (account, local) = choice.place(subject, other);
                    let place = (account, local.map(|s| left[s]));
                    in_a_row.entry(place).and_modify(|n| *n = n.saturating_sub(1));
                    refused.entry(place).and_modify(|n| *n = n.saturating_sub(1));
                }
            }
            history.push((left[subject], candidate, accepted));
            choice.tell(subject, candidate, if accepted { Result::Accepted } else { Result::Refused });
        }
        left = choice.left().iter().map(|s| left[*s]).collect();
        left.sort();
    }
    tally
}

/// The least that can be asked for. An oracle knows which devices take the same credential, and knows nothing of which
/// one that is: for the first of them it tries the candidates in the order of what is public (the realm that the
/// banner tells, the names, the order of the vault), never one that has let in another group; all others follow with
/// the one that was found. So it is one log-in for each device, and the refusals of the first of each group.
fn least(world: &World) -> usize {
    let mut taken: HashSet<usize> = HashSet::new();
    let mut done: HashSet<usize> = HashSet::new();
    let mut refused = 0;
    for (subject, group) in world.group.iter().enumerate() {
        if !done.insert(*group) {
            continue;
        }
        let truth = world.truth[subject];
        let realm_is_public = |c: &usize| realm(&world.candidates[*c]) == realm(&world.candidates[truth]);
        let words = &world.subjects[subject].words;
        let called = |c: &usize| names::words(&world.candidates[*c].name).collect::<Vec<_>>();
        let named = |c: &usize| words.iter().filter(|w| called(c).contains(w)).count();
        let mut order: Vec<usize> =
            (0..world.candidates.len()).filter(|c| !taken.contains(c)).filter(realm_is_public).collect();
        order.sort_by_key(|c| std::cmp::Reverse(named(c)));
        refused += order.iter().position(|c| *c == truth).expect("in the vault");
        taken.insert(truth);
    }
    world.subjects.len() + refused
}

#[test]
fn a_thousand_credentials_find_their_two_thousand_devices() {
    for (seed, at_once) in [(1, 1), (2, 8), (2, 50), (3, 50)] {
        let world = world(seed, LARGE, true);
        let least = least(&world);
        let tally = play(&world, at_once, seed);
        let ratio = tally.log_ins as f64 / least as f64;
        println!("{at_once} at once: {tally:?}, at least {least}, ratio {ratio:.3}");
        assert_eq!(tally.found, world.subjects.len(), "{tally:?}");
        assert!(tally.most_refusals_of_an_account <= TRIES, "{tally:?}");
        assert!(ratio <= 1.2, "{} log-ins where {least} would do: {ratio:.3}", tally.log_ins);
    }
}

/// Which realm a site is of is then found out by the tries alone: one site after the other, and what it refused of other
/// realms' accounts counts in its own when that is known.
#[test]
fn without_a_hint_most_devices_find_their_credential_and_no_account_pays_for_it() {
    for seed in 1..=3 {
        let world = world(seed, SMALL, false);
        let tally = play(&world, 50, seed);
        assert!(tally.found * 10 >= world.subjects.len() * 9, "{tally:?}");
        assert!(tally.most_refusals_of_an_account < TRIES, "{tally:?}");
    }
}

/// The servers of the realm that a device asks have counted what it refused of another realm's account of the same name.
#[test]
fn what_a_device_refused_of_another_realm_is_counted_in_its_own() {
    let of = |realm: &str, username: &str| Candidate {
        name: format!("{realm}-{username}"),
        username: username.into(),
        realm: Some(realm.into()),
    };
    let candidates = vec![of("apac", "ops"), of("emea", "boss"), of("emea", "ops")];
    let mut choice = Choice::new(candidates, vec![subject(1, &["site=fra"]), subject(2, &["site=muc"])]);
    for (candidate, result) in [(0, Result::Refused), (1, Result::Accepted)] {
        assert_eq!(choice.choose(), Next::Try { subject: 0, candidate });
        choice.tell(0, candidate, result);
    }
    let [apac, emea] = [0, 2].map(|c| choice.place(1, c));
    assert!(!choice.risk.is_at_last(apac), "its own servers never heard of it");
    assert!(choice.risk.is_at_last(emea), "one more and it is left alone");
}

fn candidate(name: &str) -> Candidate {
    Candidate { name: name.into(), username: name.into(), realm: Some("tacacs".into()) }
}

fn subject(key: i64, traits: &[&str]) -> Subject {
    let near = traits.iter().map(|t| (*t).to_owned()).collect();
    Subject { key, traits: Vec::new(), near, places: Vec::new(), words: Vec::new() }
}

/// What is tried on the first device, in order, when all is refused.
fn order(choice: &mut Choice) -> Vec<usize> {
    let mut order = Vec::new();
    while let Next::Try { subject, candidate } = choice.choose() {
        order.push(candidate);
        choice.tell(subject, candidate, Result::Refused);
    }
    order
}

#[test]
fn what_worked_on_the_device_goes_first_then_the_default_then_the_rest() {
    let mut choice = Choice::new(["lab", "a", "b"].map(candidate).to_vec(), vec![subject(1, &["device=1"])]);
    choice.learn(&subject(1, &["device=1"]), 2, true);
    assert_eq!(order(&mut choice), [2, 0, 1]);
}

#[test]
fn those_like_a_device_wait_for_what_it_learns() {
    let subjects = (1..=3).map(|n| subject(n, &["site=fra role=leaf"])).collect();
    let mut choice = Choice::new(["lab", "a"].map(candidate).to_vec(), subjects);
    let Next::Try { subject, candidate } = choice.choose() else { panic!("one goes first") };
    assert_eq!(choice.choose(), Next::Wait);
    choice.tell(subject, candidate, Result::Accepted);
    let next = [choice.choose(), choice.choose()];
    assert!(next.iter().all(|n| matches!(n, Next::Try { candidate: c, .. } if *c == candidate)), "{next:?}");
    choice.tell(1, candidate, Result::Accepted);
    choice.tell(2, candidate, Result::Lost);
    assert_eq!(choice.choose(), Next::Done);
}

#[test]
fn what_is_believed_is_checked_on_one_then_on_two_then_on_four() {
    let subjects = (1..=20).map(|n| subject(n, &["site=fra role=leaf"])).collect();
    let mut choice = Choice::new(["lab", "a"].map(candidate).to_vec(), subjects);
    let mut steps = Vec::new();
    loop {
        let mut under_way = Vec::new();
        while let Next::Try { subject, candidate } = choice.choose() {
            under_way.push((subject, candidate));
        }
        if under_way.is_empty() {
            break;
        }
        steps.push(under_way.len());
        for (subject, candidate) in under_way {
            choice.tell(subject, candidate, Result::Accepted);
        }
    }
    assert_eq!(steps, [1, 2, 4, 8, 5]);
}

#[test]
fn a_candidate_that_is_barred_is_never_tried() {
    let candidate = |name: &str| Candidate { name: name.into(), username: name.into(), realm: Some("aaa".into()) };
    let subject = |key| Subject { key, traits: vec![], near: vec!["all".into()], places: vec![], words: vec![] };
    let mut choice = Choice::new(vec![candidate("a"), candidate("b")], vec![subject(0), subject(1), subject(2)]);
    choice.bar(0, 0);
    (0..2).for_each(|candidate| choice.bar(2, candidate));
    assert_eq!([0, 1, 2].map(|subject| choice.allowed(subject)), [1, 2, 0]);
    let mut tried = Vec::new();
    loop {
        match choice.choose() {
            Next::Try { subject, candidate } => {
                tried.push((subject, candidate));
                // `a` is what works, as far as it may be tried.
                choice.tell(subject, candidate, if candidate == 0 { Result::Accepted } else { Result::Refused });
            }
            Next::Wait => panic!("nothing is under way"),
            Next::Done => break,
        }
    }
    assert!(tried.contains(&(1, 0)) && tried.contains(&(0, 1)), "{tried:?}");
    assert!(!tried.contains(&(0, 0)) && tried.iter().all(|(subject, _)| *subject != 2), "{tried:?}");
    assert!(choice.left().contains(&0) && choice.left().contains(&2));
}
