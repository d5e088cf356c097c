//! SNMP agents: the first login that is answered, who it is, and a capture for each capture type that is read by SNMP.

use std::collections::BTreeMap;
use std::net::{IpAddr, SocketAddr};
use std::sync::atomic::{AtomicU64, Ordering};

use model::{Capture, Completeness, DeviceOutcome, FailureClass, Platform, Platforms};
use snmp::{Access, Client, Endpoint, Limits, Login, Oid, SnmpError, Walk};
use tokio::time::{Duration, Instant, timeout};

use crate::fingerprint::failed;

const SYS_DESCR: [u32; 9] = [1, 3, 6, 1, 2, 1, 1, 1, 0];
const SYS_OBJECT_ID: [u32; 9] = [1, 3, 6, 1, 2, 1, 1, 2, 0];
/// The tables of this capture type name the interfaces in all the others.
const INTERFACES: &str = "snmp_interfaces";

/// How agents are asked during a run.
pub struct Agents {
    endpoint: Endpoint,
    /// In the order in which they are tried.
    accesses: Vec<Counted>,
    port: u16,
}

/// As whom agents are asked.
#[derive(Debug, Clone)]
pub struct AgentLogin {
    /// What it is called in the vault; nothing when it was typed.
    pub credential: Option<String>,
    pub login: Login,
}

struct Counted {
    credential: Option<String>,
    access: Access,
    refusals: AtomicU64,
}

/// What an agent said.
pub(crate) struct Told {
    /// `None` when no platform is known by what it says of itself.
    pub platform: Option<&'static Platform>,
    /// What it says of itself, for who would add a platform.
    pub itself: String,
    /// Who asked.
    pub login: String,
    pub credential: Option<String>,
    pub captures: Vec<Capture>,
    /// What ended it early.
    pub error: Option<DeviceOutcome>,
}

impl Agents {
    /// Makes the keys of v3 users, which takes milliseconds of CPU each.
    ///
    /// # Errors
    /// [`SnmpError::Unusable`] for a login that cannot be one, [`SnmpError::Local`] without a socket.
    pub async fn open(logins: &[AgentLogin], port: u16, limits: Limits) -> Result<Self, SnmpError> {
        let counted = |one: &AgentLogin| {
            let access = Access::new(&one.login)?;
            Ok(Counted { credential: one.credential.clone(), access, refusals: AtomicU64::new(0) })
        };
        let accesses = logins.iter().map(counted).collect::<Result<_, _>>()?;
        Ok(Self { endpoint: Endpoint::bind(limits).await?, accesses, port })
    }

    /// Who was refused how often: a wrong secret locks nobody, but agents log it and raise alarms.
    pub fn refusals(&self) -> Vec<String> {
        let refused = self.accesses.iter().map(|a| (a, a.refusals.load(Ordering::Relaxed))).filter(|(_, n)| *n > 0);
        refused.map(|(a, n)| format!("{} was refused by {n} SNMP agents", a.access.label())).collect()
    }

    /// Asks for all there is, within the time that a device has.
    pub(crate) async fn ask(
        &self,
        ip: IpAddr,
        platforms: &'static Platforms,
        limit: Duration,
    ) -> Result<Told, DeviceOutcome> {
        let began = Instant::now();
        let addr = SocketAddr::new(ip, self.port);
        let (client, asked, platform, itself) = self.greet(addr, platforms, began).await?;
        let mut asking = Asking { client, walks: BTreeMap::new(), gone: None };
        let mut captures = Vec::new();
        let all = asking.types(platforms, &mut captures);
        let late = timeout(limit, all).await.is_err();
        let text = format!("{addr} was not done by SNMP within {} s", limit.as_secs());
        let late = late.then(|| failed(FailureClass::Timeout, text, began));
        let gone = asking.gone.map(|e| failed(e.class(), e.to_string(), began));
        let name = platform.map_or("", |p| p.name.as_str());
        captures.iter_mut().for_each(|c: &mut Capture| c.platform = name.to_owned());
        let (login, credential) = (asked.access.label().to_owned(), asked.credential.clone());
        Ok(Told { platform, itself, login, credential, captures, error: late.or(gone) })
    }

    /// The first login that is answered, and what the agent says of itself.
    async fn greet(
        &self,
        addr: SocketAddr,
        platforms: &'static Platforms,
        began: Instant,
    ) -> Result<(Client, &Counted, Option<&'static Platform>, String), DeviceOutcome> {
        let questions = [Oid::from_slice(&SYS_DESCR), Oid::from_slice(&SYS_OBJECT_ID)];
        let mut first: Option<SnmpError> = None;
        for counted in &self.accesses {
            let client = self.endpoint.client(addr, &counted.access).await;
            let client = client.map_err(|e| failed(e.class(), e.to_string(), began))?;
            match client.get(&questions).await {
                Ok(answer) => {
                    let value = |n: usize| answer.get(n).map(|b| &b.value);
                    let description = value(0).and_then(|v| v.as_bytes()).unwrap_or_default();
                    let object_id = value(1).and_then(|v| v.as_oid()).map(ToString::to_string).unwrap_or_default();
                    let platform = platforms.by_agent(&object_id, description).map(|(platform, _)| platform);
                    let seen = model::text::shown(&String::from_utf8_lossy(description));
                    let itself = format!("sysObjectID {object_id}, sysDescr `{seen}`");
                    return Ok((client, counted, platform, itself));
                }
                Err(error) => {
                    if error.is_refusal() {
                        counted.refusals.fetch_add(1, Ordering::Relaxed);
                    }
                    let next = error.may_try_next();
                    // A refusal says more than a silence.
                    let better = first.as_ref().is_none_or(|known| !known.is_refusal() && error.is_refusal());
                    first = if better { Some(error) } else { first };
                    if !next {
                        break;
                    }
                }
            }
        }
        Err(match first {
            Some(error) => failed(error.class(), error.to_string(), began),
            None => failed(FailureClass::AuthenticationFailed, "no SNMP login to ask with".into(), began),
        })
    }
}

/// Each column is walked once, whatever the number of capture types that want it.
struct Asking {
    client: Client,
    walks: BTreeMap<String, Walk>,
    /// The agent is silent since; nothing more is asked.
    gone: Option<SnmpError>,
}

impl Asking {
    async fn types(&mut self, platforms: &Platforms, captures: &mut Vec<Capture>) {
        let shared = platforms.capture_type(INTERFACES).map(|(_, t)| &t.snmp);
        for (name, capture_type) in platforms.capture_types().filter(|(_, t)| !t.snmp.is_empty()) {
            let mut columns = Vec::new();
            // Of a table that names interfaces nothing can be told about anything else.
            let mut has_own = false;
            for (entry, numbers) in &capture_type.snmp {
                let is_own = name == INTERFACES || shared.is_none_or(|s| !s.contains_key(entry));
                for number in numbers {
                    let column = format!("{entry}.{number}");
                    let found = self.walk(&column).await;
                    has_own |= is_own && found;
                    columns.push(column);
                }
            }
            if has_own {
                captures.extend(self.capture(name, &columns));
            }
        }
    }

    /// Whether there is anything; also when it was not all.
    async fn walk(&mut self, column: &str) -> bool {
        if !self.walks.contains_key(column) {
            let Ok(root) = Oid::parse(column) else { return false };
            let walk = match &self.gone {
                None => self.client.walk(&root).await,
                Some(error) => Walk { bindings: Vec::new(), cut: Some(error.clone()) },
            };
            if let Some(error @ (SnmpError::Silent { .. } | SnmpError::NoAnswer { .. })) = &walk.cut {
                self.gone.get_or_insert_with(|| error.clone());
            }
            self.walks.insert(column.to_owned(), walk);
        }
        self.walks.get(column).is_some_and(|w| !w.bindings.is_empty() || w.cut.is_some())
    }

    fn capture(&self, name: &str, columns: &[String]) -> Option<Capture> {
        let walks: Vec<(Oid, &Walk)> =
            columns.iter().filter_map(|c| Some((Oid::parse(c).ok()?, self.walks.get(c)?))).collect();
        let cut = walks.iter().find_map(|(_, w)| w.cut.as_ref());
        let bindings: Vec<(Oid, &[snmp::Binding])> =
            walks.iter().map(|(oid, w)| (oid.clone(), w.bindings.as_slice())).collect();
        Some(Capture {
            capture_type: name.to_owned(),
            command: format!("snmpwalk {}", columns.join(" ")),
            platform: String::new(),
            content: snmp::text(&bindings).into_bytes(),
            completeness: cut.map_or(Completeness::Complete, |e| Completeness::Cut(e.to_string())),
        })
    }
}
