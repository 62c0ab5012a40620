using Iop.DemoData.Cases;
using Iop.DemoData.Playing;

// Without arguments: plays the real cases through the gateway, as their people would. With "token NAME": prints a bearer token;
// with "code NAME": the six figures of that person's authenticator just now.
var settings = Settings.FromEnvironment();
var clock = new Clock(settings.ClockFile);
clock.Read();
var logins = new Logins(settings.LoginsFile);
logins.Read();
var signIn = new SignIn(settings.Address, clock);
using var stop = new CancellationTokenSource();
Console.CancelKeyPress += (_, press) =>
{
    press.Cancel = true;
    stop.Cancel();
};

return args switch
{
    ["token", var who] => await Token(who),
    ["code", var who] => Code(who),
    _ => await Play(),
};

int Code(string name)
{
    if (logins.Find(name) is not { } login) return Unknown(name);
    Console.WriteLine(Totp.Code(login.TotpSecret, clock.GetUtcNow()));
    return 0;
}

int Unknown(string name)
{
    Console.Error.WriteLine(
        $"Nobody here is called {name}. Known: {string.Join(' ', logins.All.Select(known => known.Who).Append("system"))}");
    return 2;
}

async Task<int> Token(string name)
{
    if (name == "system" && logins.System is { } system)
    {
        Console.WriteLine(await signIn.Token(system, stop.Token));
        return 0;
    }
    if (logins.Find(name) is { } login)
    {
        Console.WriteLine(await signIn.Token(login, stop.Token));
        return 0;
    }
    return Unknown(name);
}

async Task<int> Play()
{
    using var http = new HttpClient { BaseAddress = settings.Address, Timeout = TimeSpan.FromSeconds(60) };
    var report = new Report();
    var people = new People(logins, settings, clock);
    var isFirst = logins.Find("operator") is null;
    var story = new Story(clock, new Cast(http, logins, signIn, clock), report, isFirst);
    try
    {
        // Only a first run goes back in time; later ones find everything done and leave the clock alone.
        if (isFirst) await clock.Begin(Story.On(2015, 5, 4));
        await people.Bootstrap(story, stop.Token);
        await Organisations.Play(story, stop.Token);
        await people.Play(story, stop.Token);
        await Gothenburg.Play(story, people, stop.Token);
        await Unaccompanied.Agree(story, stop.Token);
        await Norrkoping.Agree(story, stop.Token);
        await Unaccompanied.Live(story, stop.Token);
        await Norrkoping.Pay(story, stop.Token);
        await Ukraine.Play(story, stop.Token);
        await Violence.Agree(story, stop.Token);
        await Varsol.Play(story, stop.Token);
        await Violence.TakeEffect(story, stop.Token);
        await Solna.Play(story, stop.Token);
        await Varsol.Widen(story, stop.Token);
        await TwoPayers.Agree(story, stop.Token);
        await TheFund.Play(story, stop.Token);
        await Solna.Live(story, stop.Token);
        await TwoPayers.Pay(story, stop.Token);
        await clock.ReturnToRealTime();
        await National.Play(story, stop.Token);
        await Today.Play(story, stop.Token);
        if (settings.DoneFile is { } done && report.EverythingHeld)
            await File.WriteAllTextAsync(done, clock.GetUtcNow().ToString("O"), stop.Token);
    }
    catch (StoryEndedException ended)
    {
        report.Failed(ended.Message);
    }
    finally
    {
        await clock.ReturnToRealTime();
    }
    report.Print();
    return report.EverythingHeld ? 0 : 1;
}
