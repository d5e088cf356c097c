//! `creds discover` and `creds test`: which credential each device takes, found out with as few log-ins as can be.

use std::collections::BTreeMap;
use std::net::{IpAddr, SocketAddr};
use std::sync::Arc;

use collect::choice::{Candidate, Choice, Next, Result as Told, Subject};
use collect::{Environment, open};
use model::{Account, Device, DeviceId, DeviceOutcome, DeviceState, FailureClass, RunKind};
use serde::{Deserialize, Serialize};
use store::{DeviceCredential, DeviceFilter, DeviceKey, DeviceTerm, NewItem};
use tokio::task::JoinSet;
use tokio_util::sync::CancellationToken;
use transport::Login;

use crate::actor::Role;
use crate::at_sites::must_at;
use crate::capture::OfJob;
use crate::creds::greeting::{Greetings, Hints, greetings};
use crate::creds::{CredentialMark, record_log_ins};
use crate::recorder::Recorder;
use crate::{Actor, App, AppError, AppResult, EventSink, RunReport, Settings};

/// Which devices to find credentials for.
#[derive(Debug, Clone, Default)]
pub struct CredsSelection {
    pub site: Option<String>,
    pub platform: Option<String>,
    pub role: Option<String>,
    /// A part of the name.
    pub search: Option<String>,
    /// Leave out those that have one that works.
    pub skip_configured: bool,
    pub limit: Option<usize>,
}

pub struct CredsRequest {
    pub devices: Vec<Device>,
    /// In the order of the vault: the default first.
    pub logins: Vec<Login>,
    pub settings: Settings,
    /// As if nothing were known of these devices.
    pub force: bool,
    /// Remember what works.
    pub update: bool,
    /// Whether it is a run of its own, to be found in the list of executions.
    pub is_run: bool,
}

/// What it needs to go on after its process is gone; no secret is in it.
#[derive(Debug, Clone, Serialize, Deserialize)]
pub(crate) struct CredsParams {
    /// Names of the credentials.
    pub credentials: Vec<String>,
    /// So that the same accounts are asked for again.
    pub usernames: Vec<String>,
    pub force: bool,
    pub update: bool,
}

impl App {
    /// The devices to find credentials for.
    pub async fn creds_devices(&self, actor: &Actor, selection: &CredsSelection) -> AppResult<Vec<Device>> {
        actor.must(Role::Viewer, "see devices")?;
        let CredsSelection { site, platform, role, search, .. } = selection.clone();
        let terms = [(DeviceKey::Site, site), (DeviceKey::Platform, platform), (DeviceKey::Role, role)];
        let terms: Vec<DeviceTerm> =
            terms.into_iter().filter_map(|(key, pattern)| Some(DeviceTerm { key, pattern: pattern? })).collect();
        // As a condition it would be every device of which nothing is known.
        if terms.iter().any(|term| term.pattern.split('|').any(|one| one.trim().is_empty())) {
            return Err(AppError::Usage("a site, platform or role is empty; name one, or leave it out".into()));
        }
        let filter = DeviceFilter { terms, name: search, ..DeviceFilter::default() };
        let mut devices = self.store.devices(&filter).await?;
        if selection.skip_configured {
            let known = self.device_credentials().await?;
            devices.retain(|d| known.get(&d.id).is_none_or(|k| CredentialMark::of(k) != CredentialMark::Ok));
        }
        devices.truncate(selection.limit.unwrap_or(usize::MAX));
        Ok(devices)
    }

    /// Finds out which credential each device takes. A device that takes none is a result in the report.
    pub async fn find_credentials(
        &self,
        actor: &Actor,
        request: CredsRequest,
        events: EventSink,
        cancel: CancellationToken,
    ) -> AppResult<RunReport> {
        actor.must_somewhere(Role::Operator, "try credentials")?;
        must_at(actor, &request.devices, "try credentials")?;
        if request.devices.is_empty() {
            return Err(AppError::Invalid("no device matches; `velocity devices list` shows them".into()));
        }
        let params = CredsParams {
            credentials: request.logins.iter().map(|l| l.name.clone()).collect(),
            usernames: request.logins.iter().map(|l| l.username.clone()).collect(),
            force: request.force,
            update: request.update,
        };
        let items: Vec<NewItem> = request.devices.iter().map(item).collect();
        let run = match request.is_run {
            true => Some(self.start_run(actor, RunKind::Credentials, &params, &OfJob::default(), &items).await?),
            false => None,
        };
        let total = items.len() as u64;
        let recorder = Recorder::start(self, events, run, RunKind::Credentials, total, &cancel);
        let devices = (1..).zip(request.devices).collect();
        self.try_credentials(devices, request.logins, (request.settings, params), recorder, cancel).await
    }

    /// For devices by their numbers in the run.
    pub(crate) async fn try_credentials(
        &self,
        devices: BTreeMap<i64, Device>,
        logins: Vec<Login>,
        (settings, params): (Settings, CredsParams),
        recorder: Recorder,
        cancel: CancellationToken,
    ) -> AppResult<RunReport> {
        match self.find_all(devices, logins, (settings, params), &recorder, &cancel).await {
            Ok(()) => recorder.finish(&self.store, cancel.is_cancelled()).await,
            Err(error) => {
                recorder.give_up(&self.store, &error).await;
                Err(error)
            }
        }
    }

    async fn find_all(
        &self,
        devices: BTreeMap<i64, Device>,
        logins: Vec<Login>,
        (settings, params): (Settings, CredsParams),
        recorder: &Recorder,
        cancel: &CancellationToken,
    ) -> AppResult<()> {
        let (env, book) = self.environment(settings).await?;
        let hints = Hints::of(&logins);
        let heard = match &hints {
            Some(_) => self.listen(&env, &devices, &logins, params.force, (recorder, cancel)).await?,
            None => Greetings::new(),
        };
        let told = |key: i64, device: &Device| {
            let mut subject = subject(key, device);
            if let (Some(hints), Some(Ok(greeting))) = (&hints, heard.get(&key)) {
                hints.add(greeting, device.role.as_deref().unwrap_or_default(), &mut subject);
            }
            subject
        };
        let subjects = devices.iter().map(|(key, device)| told(*key, device)).collect();
        let mut choice = self.choice(&devices, &logins, subjects, params.force).await?;
        for (subject, device) in devices.values().enumerate() {
            let pinned = env.pin(address(device));
            let barred = logins.iter().enumerate().filter(|(_, login)| !login.may_be_tried(pinned));
            barred.for_each(|(candidate, _)| choice.bar(subject, candidate));
        }
        let logins = logins.into_iter().map(Arc::new).collect();
        let devices: Vec<(i64, Device)> = devices.into_iter().collect();
        let begun = vec![false; devices.len()];
        let mut search = Search { app: self, env, recorder, devices, logins, choice, begun, update: params.update };
        search.leave_out(heard).await?;
        search.run(cancel).await?;
        self.close_gate(&search.env, recorder).await;
        self.save_left_keys(&book, recorder).await;
        Ok(())
    }

    /// With what is known from before.
    async fn choice(
        &self,
        devices: &BTreeMap<i64, Device>,
        logins: &[Login],
        subjects: Vec<Subject>,
        force: bool,
    ) -> AppResult<Choice> {
        let candidate = |l: &Login| Candidate {
            name: l.name.clone(),
            username: l.username.clone(),
            realm: l.realm.clone().filter(|r| !r.is_empty()),
        };
        let mut choice = Choice::new(logins.iter().map(candidate).collect(), subjects);
        let all: BTreeMap<DeviceId, Device> =
            self.store.devices(&DeviceFilter::default()).await?.into_iter().map(|d| (d.id, d)).collect();
        let is_asked = |id: &DeviceId| devices.values().any(|d| d.id == *id);
        for (id, known) in self.device_credentials().await?.iter().filter(|(id, _)| !(force && is_asked(id))) {
            let Some(device) = all.get(id) else { continue };
            let like = subject(0, device);
            for one in known.iter().filter(|c| c.kind == "ssh") {
                if let Some(n) = logins.iter().position(|l| l.name == one.credential) {
                    choice.learn(&like, n, DeviceCredential::works(one));
                }
            }
        }
        Ok(choice)
    }
}

impl App {
    /// The greetings of devices of which none of these credentials is known to work.
    async fn listen(
        &self,
        env: &Arc<Environment>,
        devices: &BTreeMap<i64, Device>,
        logins: &[Login],
        force: bool,
        (recorder, cancel): (&Recorder, &CancellationToken),
    ) -> AppResult<Greetings> {
        let known = self.device_credentials().await?;
        let is_one = |c: &DeviceCredential| c.works() && logins.iter().any(|l| l.name == c.credential);
        let is_known = |d: &Device| !force && known.get(&d.id).is_some_and(|known| known.iter().any(is_one));
        let unknown: Vec<_> = devices.iter().filter(|(_, d)| !is_known(d)).map(|(key, d)| (*key, address(d))).collect();
        let username = logins.first().map_or("", |l| l.username.as_str());
        let total = unknown.len();
        let heard = |n| recorder.stage("hearing greetings", n, total);
        Ok(greetings(env, unknown, username, heard, cancel).await)
    }
}

/// A search while it goes.
struct Search<'a> {
    app: &'a App,
    env: Arc<Environment>,
    recorder: &'a Recorder,
    devices: Vec<(i64, Device)>,
    logins: Vec<Arc<Login>>,
    choice: Choice,
    begun: Vec<bool>,
    update: bool,
}

impl Search<'_> {
    /// Devices that cannot be reached cannot be logged in to either.
    async fn leave_out(&mut self, heard: Greetings) -> AppResult<()> {
        let place = |devices: &[(i64, Device)], key| devices.iter().position(|(of, _)| *of == key);
        for (key, greeting) in heard {
            let is_gone = |o: &DeviceOutcome| {
                matches!(o.class, Some(FailureClass::Unreachable | FailureClass::ConnectionRefused))
            };
            if let (Some(outcome), Some(subject)) = (greeting.err().filter(is_gone), place(&self.devices, key)) {
                self.choice.leave_out(subject);
                self.begin(subject).await;
                self.done(subject, outcome).await?;
            }
        }
        Ok(())
    }

    async fn run(&mut self, cancel: &CancellationToken) -> AppResult<()> {
        let mut tasks = JoinSet::new();
        loop {
            while tasks.len() < self.env.settings.concurrency.max(1)
                && let Next::Try { subject, candidate } = self.choice.choose()
            {
                self.begin(subject).await;
                let (env, login) = (self.env.clone(), self.logins[candidate].clone());
                let addr = address(&self.devices[subject].1);
                tasks.spawn(async move { (subject, candidate, knock(&env, addr, &login).await) });
            }
            let done = tokio::select! {
                () = cancel.cancelled() => return Ok(()),
                done = tasks.join_next() => done,
            };
            match done {
                None => break,
                Some(Ok((subject, candidate, outcome))) => self.told(subject, candidate, outcome).await?,
                Some(Err(panic)) => return Err(AppError::Invalid(format!("a log-in ended badly: {panic}"))),
            }
        }
        for subject in self.choice.left().to_vec() {
            self.begin(subject).await;
            let outcome = self.none_fits(subject);
            self.done(subject, outcome).await?;
        }
        Ok(())
    }

    async fn begin(&mut self, subject: usize) {
        if std::mem::replace(&mut self.begun[subject], true) {
            return;
        }
        let (key, device) = &self.devices[subject];
        self.recorder.device_started(&device.name, &address(device).to_string());
        self.app.mark_started(self.recorder, *key, &device.name).await;
    }

    async fn told(&mut self, subject: usize, candidate: usize, mut outcome: DeviceOutcome) -> AppResult<()> {
        let told = match outcome.class {
            None => Told::Accepted,
            Some(FailureClass::AuthenticationFailed) => Told::Refused,
            Some(FailureClass::AccountProtected) => Told::Closed,
            Some(_) => Told::Lost,
        };
        let name = &self.logins[candidate].name;
        if told == Told::Accepted {
            outcome.message = format!("credential `{name}`, {} tried", self.choice.tried(subject));
            self.reattribute(subject, candidate).await?;
        }
        match self.choice.tell(subject, candidate, told) {
            true => self.done(subject, outcome).await,
            false => Ok(()),
        }
    }

    /// The realm of a device is known now: what it refused of others' accounts was counted there.
    async fn reattribute(&self, subject: usize, accepted: usize) -> AppResult<()> {
        if self.choice.misplaced(subject, accepted).is_empty() {
            return Ok(());
        }
        let (addr, login) = (address(&self.devices[subject].1), &self.logins[accepted]);
        let account = Account::of(login.realm.as_deref(), &login.username, addr.ip());
        let rules = self.app.config.logins.rules().of(&account);
        let mut tx = self.app.store.begin().await?;
        crate::budget::reattribute(&mut tx, &addr.to_string(), &account, &rules, self.recorder.now()).await?;
        Ok(tx.commit().await?)
    }

    fn none_fits(&self, subject: usize) -> DeviceOutcome {
        let (tried, all) = (self.choice.tried(subject), self.choice.allowed(subject));
        if let Some(pinned) = self.env.pin(address(&self.devices[subject].1)).filter(|_| all == 0) {
            return collect::not_the_pinned(pinned);
        }
        let (class, why) = match tried < all || self.choice.was_closed(subject) {
            true => (FailureClass::AccountProtected, "the others are kept for later, so that no account is locked"),
            false => (FailureClass::AuthenticationFailed, "none of them is accepted"),
        };
        let message = format!("{tried} of {all} credentials tried: {why}");
        DeviceOutcome {
            state: DeviceState::Failed,
            class: Some(class),
            message,
            username: None,
            credential: None,
            duration_ms: 0,
        }
    }

    async fn done(&self, subject: usize, outcome: DeviceOutcome) -> AppResult<()> {
        let (key, device) = &self.devices[subject];
        let (recorder, now) = (self.recorder, self.recorder.now());
        let mut tx = self.app.store.begin().await?;
        if self.update {
            record_log_ins(&mut tx, &self.env.gate.take_log_ins(address(device)), device.id, now).await?;
        }
        if let Some(run) = recorder.run {
            tx.finish_item(run, *key, Some(device.id), &outcome, now).await?;
        }
        tx.commit().await?;
        recorder.device_done(&device.name, Some(address(device).to_string()), &outcome);
        Ok(())
    }
}

/// In and out again.
async fn knock(env: &Environment, addr: SocketAddr, login: &Login) -> DeviceOutcome {
    let _seat = env.seat(addr).await;
    let began = std::time::Instant::now();
    match open(env, addr, login, env.profiles.generic()).await {
        Ok(session) => {
            // It let us in; how it says good-bye is its own affair.
            let _ = session.finish().await;
            let duration_ms = i64::try_from(began.elapsed().as_millis()).unwrap_or(i64::MAX);
            let (message, username, credential) =
                (String::new(), Some(login.username.clone()), Some(login.name.clone()));
            DeviceOutcome { state: DeviceState::Success, class: None, message, username, credential, duration_ms }
        }
        Err(outcome) => outcome,
    }
}

fn address(device: &Device) -> SocketAddr {
    SocketAddr::new(device.address, device.port)
}

fn item(device: &Device) -> NewItem {
    NewItem {
        device: Some(device.id),
        address: Some(device.address),
        port: device.port,
        name: device.name.clone(),
        depth: 0,
        parent: None,
    }
}

/// What a device has in common with others.
fn subject(key: i64, device: &Device) -> Subject {
    let (site, role) = (device.site.clone().unwrap_or_default(), device.role.clone().unwrap_or_default());
    let (platform, subnet) = (&device.platform, subnet(device.address));
    let traits = [("platform", platform), ("role", &role), ("vendor", &device.vendor), ("site", &site)];
    let near = [
        format!("subnet={subnet} platform={platform} role={role}"),
        format!("site={site} platform={platform} role={role}"),
        format!("device={}", device.id),
    ];
    Subject {
        key,
        traits: traits.iter().map(|(name, value)| format!("{name}={value}")).collect(),
        near: near.to_vec(),
        places: Some(&site).filter(|s| !s.is_empty()).map(|s| format!("site={s}")).into_iter().collect(),
        words: [site, role, device.slug.clone()].into_iter().filter(|w| !w.is_empty()).collect(),
    }
}

fn subnet(ip: IpAddr) -> String {
    match ip {
        IpAddr::V4(ip) => format!("{}.{}.{}", ip.octets()[0], ip.octets()[1], ip.octets()[2]),
        IpAddr::V6(ip) => ip.segments()[..4].iter().map(|s| format!("{s:x}")).collect::<Vec<_>>().join(":"),
    }
}
