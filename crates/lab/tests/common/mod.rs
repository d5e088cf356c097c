//! A plain SSH client for the tests: what it sends and what it gets, byte for byte.
#![allow(dead_code, reason = "each test program uses its part")]

use std::net::Ipv4Addr;
use std::sync::{Arc, Mutex};
use std::time::Duration;

use lab::{Lab, Platform, Running, ServeOptions, World, WorldOptions};
use russh::client::{self, Handle, KeyboardInteractiveAuthResponse, Msg};
use russh::keys::{PublicKey, PublicKeyOrCertificate};
use russh::{Channel, ChannelMsg};
use tokio::time::timeout;

pub const PASSWORD: &str = "correct horse";

/// A lab of `devices` on a block of its own: tests run at the same time.
pub async fn lab_of(devices: usize, block: u8) -> Running {
    lab_with(devices, block, ServeOptions::default()).await
}

pub async fn lab_with(devices: usize, block: u8, options: ServeOptions) -> Running {
    let base = Ipv4Addr::new(127, block, 0, 0);
    let world = World::generate(devices, 1, &WorldOptions { base, ..WorldOptions::default() });
    let options = ServeOptions { port: Some(0), password: Some(PASSWORD.to_owned()), ..options };
    Lab::start(world, options).await.unwrap()
}

/// The name of the first device that `fits`.
pub fn find(lab: &Running, fits: impl Fn(&lab::Device) -> bool) -> String {
    lab.read(|w| w.devices().iter().find(|d| fits(d)).unwrap().name.clone())
}

pub fn first(lab: &Running, platform: Platform) -> String {
    find(lab, |d| d.platform() == platform)
}

#[derive(Clone, Default)]
pub struct Keys(pub Arc<Mutex<Option<PublicKey>>>, pub Arc<Mutex<String>>);

impl client::Handler for Keys {
    type Error = russh::Error;

    async fn check_server_key(&mut self, key: &PublicKeyOrCertificate) -> Result<bool, Self::Error> {
        *self.0.lock().unwrap() = Some(key.public_key());
        Ok(true)
    }

    async fn auth_banner(&mut self, banner: &str, _: &mut client::Session) -> Result<(), Self::Error> {
        self.1.lock().unwrap().push_str(banner);
        Ok(())
    }
}

pub async fn connect(lab: &Running, device: &str) -> Result<(Handle<Keys>, Keys), russh::Error> {
    let address = lab.address(device).unwrap();
    connect_to(address, lab.port()).await
}

pub async fn connect_to(address: Ipv4Addr, port: u16) -> Result<(Handle<Keys>, Keys), russh::Error> {
    let keys = Keys::default();
    let config = client::Config { nodelay: true, ..client::Config::default() };
    let handle = client::connect(Arc::new(config), (address, port), keys.clone()).await?;
    Ok((handle, keys))
}

pub async fn log_in(lab: &Running, device: &str) -> Handle<Keys> {
    let (mut handle, _) = connect(lab, device).await.unwrap();
    assert!(handle.authenticate_password(lab.username(), lab.password()).await.unwrap().success());
    handle
}

pub async fn answer_prompts(handle: &mut Handle<Keys>, user: &str, password: &str) -> bool {
    let mut step = handle.authenticate_keyboard_interactive_start(user, None::<String>).await.unwrap();
    loop {
        let answers = match step {
            KeyboardInteractiveAuthResponse::Success => return true,
            KeyboardInteractiveAuthResponse::Failure { .. } => return false,
            KeyboardInteractiveAuthResponse::InfoRequest { prompts, .. } => prompts.len(),
        };
        let answers = vec![password.to_owned(); answers];
        step = handle.authenticate_keyboard_interactive_respond(answers).await.unwrap();
    }
}

/// A shell and everything that came out of it.
pub struct Shell {
    _handle: Handle<Keys>,
    channel: Channel<Msg>,
    pub seen: Vec<u8>,
}

impl Shell {
    pub async fn open(lab: &Running, device: &str) -> Self {
        Self::sized(lab, device, 80, 24).await
    }

    pub async fn sized(lab: &Running, device: &str, columns: u32, rows: u32) -> Self {
        let handle = log_in(lab, device).await;
        let channel = handle.channel_open_session().await.unwrap();
        channel.request_pty(false, "vt100", columns, rows, 0, 0, &[]).await.unwrap();
        channel.request_shell(false).await.unwrap();
        Self { _handle: handle, channel, seen: Vec::new() }
    }

    pub async fn send(&mut self, text: &str) {
        self.send_bytes(text.as_bytes().to_vec()).await;
    }

    pub async fn send_bytes(&mut self, bytes: Vec<u8>) {
        self.channel.data_bytes(bytes).await.unwrap();
    }

    pub async fn end_of_input(&mut self) {
        self.channel.eof().await.unwrap();
    }

    /// Reads until what came since the last call ends in `end`; gives it all.
    pub async fn until(&mut self, end: &str) -> String {
        let mut part = Vec::new();
        while !part.ends_with(end.as_bytes()) {
            match timeout(Duration::from_secs(10), self.channel.wait()).await {
                Ok(Some(ChannelMsg::Data { data })) => part.extend_from_slice(&data),
                Ok(Some(_)) => {}
                other => panic!("{other:?} while waiting for {end:?} after {:?}", String::from_utf8_lossy(&part)),
            }
        }
        self.seen.extend_from_slice(&part);
        String::from_utf8_lossy(&part).into_owned()
    }

    /// Sends a line and reads until the prompt is back.
    pub async fn run(&mut self, line: &str, prompt: &str) -> String {
        self.send(&format!("{line}\n")).await;
        self.until(prompt).await
    }

    /// Reads what comes within a time; true when the channel or the connection has ended.
    pub async fn listen(&mut self, time: Duration) -> (Vec<u8>, bool) {
        let mut part = Vec::new();
        let deadline = tokio::time::Instant::now() + time;
        loop {
            match tokio::time::timeout_at(deadline, self.channel.wait()).await {
                Ok(Some(ChannelMsg::Data { data })) => part.extend_from_slice(&data),
                Ok(Some(ChannelMsg::Close) | None) => return (part, true),
                Ok(Some(_)) => {}
                Err(_) => return (part, false),
            }
        }
    }
}

/// Runs a command without a terminal.
pub async fn exec(lab: &Running, device: &str, command: &str) -> String {
    let handle = log_in(lab, device).await;
    let mut channel = handle.channel_open_session().await.unwrap();
    channel.exec(true, command).await.unwrap();
    let mut out = Vec::new();
    while let Some(message) = channel.wait().await {
        if let ChannelMsg::Data { data } = message {
            out.extend_from_slice(&data);
        }
    }
    String::from_utf8(out).unwrap()
}
