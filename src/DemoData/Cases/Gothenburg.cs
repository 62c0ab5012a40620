using Iop.DemoData.Playing;
using Iop.Kernel;

namespace Iop.DemoData.Cases;

/// <summary>Göteborgs stad with the units of the cases, and the idea-driven organisations there. The associations are small: one
/// made-up person in each is admin, officer and signatory.</summary>
internal static class Gothenburg
{
    public const string Resurs = "Social resursförvaltning";
    public const string Centrum = "Socialförvaltningen Centrum";
    public const string Hisingen = "Socialförvaltningen Hisingen";
    public const string Nordost = "Socialförvaltningen Nordost";
    public const string Sydvast = "Socialförvaltningen Sydväst";

    public static readonly Organisation City = new("Göteborgs stad", "public", 2, 11) { MunicipalityCode = "1480" };
    public static readonly Association RodaKorset = Of("Svenska Röda Korset", 21, "roda-korset", "Ines Ahlgren");
    public static readonly Association RaddaBarnen = Of("Rädda Barnen", 22, "radda-barnen", "Viktor Sjö");
    public static readonly Association Raddningsmissionen =
        Of("Göteborgs Räddningsmission", 23, "raddningsmissionen", "Moa Lindell");
    public static readonly Association Bracke = Of("Bräcke diakoni", 24, "bracke", "Nils Hjort");
    public static readonly Association ManniskohjalpIm = Of("Individuell Människohjälp", 25, "im", "Sara Tell");
    public static readonly Association Skyddsvarnet = Of("Skyddsvärnet i Göteborg", 26, "skyddsvarnet", "Jonas Kvist");
    public static readonly Association Reningsborg = Of("Reningsborg", 27, "reningsborg", "Ebba Norling");
    public static readonly Association Karriarkraft = Of("Göteborg Karriärkraft", 28, "karriarkraft", "Ali Rostami");
    public static readonly Association Stadsmissionen =
        Of("Göteborgs kyrkliga stadsmission", 29, "stadsmissionen", "Hanna Berggren");

    private static readonly Association[] Shelters =
    [
        Of("Bojen", 31, "bojen", "Lisa Wik"), Of("Kvinno- och tjejjouren Ada", 32, "ada", "Tove Ryd"),
        Of("Kvinnohuset Kassandra", 33, "kassandra", "Gunilla Ask"), Of("Kvinnojouren Online", 34, "online", "Frida Holst"),
        Of("Kvinnojouren Piilopirtti", 35, "piilopirtti", "Aino Laine"),
        Of("Lex Femme tjej- och kvinnojour", 36, "lex-femme", "Rakel Strand"), Of("Qjouren Väst", 37, "qjouren", "Disa Moberg"),
        Of("Villa Vägen ut! Karin", 38, "vagen-ut", "Marie Thorell"),
    ];

    /// <summary>The eleven that the source names; it counts twelve.</summary>
    public static IReadOnlyList<Association> AgainstViolence { get; } =
        [.. Shelters, Raddningsmissionen, Skyddsvarnet, Stadsmissionen];

    public static IReadOnlyList<Association> All { get; } =
    [
        RodaKorset, RaddaBarnen, Raddningsmissionen, Bracke, ManniskohjalpIm, Skyddsvarnet, Reningsborg, Karriarkraft,
        Stadsmissionen, .. Shelters,
    ];

    public static IReadOnlyList<Organisation> Organisations { get; } = [City, .. All.Select(one => one.Organisation)];

    private static readonly (string Who, string Name, string Unit)[] Directors =
    [
        ("resurs", "Agneta Roos", Resurs), ("centrum", "Stefan Lilja", Centrum), ("hisingen", "Mirja Kallio", Hisingen),
        ("nordost", "Omar Saleh", Nordost), ("sydvast", "Cecilia Brink", Sydvast),
    ];

    public static async Task Play(Story story, People people, CancellationToken cancel)
    {
        await story.Step($"Register the units of {City.Name}", "operator", null,
            async (api, stop) => (await Units(api, stop)).Count >= Directors.Length ? $"{Directors.Length} units" : null,
            async (api, stop) =>
            {
                var (city, known) = (await Cases.Organisations.Id(api, City, stop), await Units(api, stop));
                foreach (var (_, _, unit) in Directors.Where(one => !known.ContainsKey(one.Unit)))
                    await api.Create($"/registry/v1/organisations/{city}/units", new { name = unit }, stop);
            }, cancel);
        await people.Invite(story, new Person("goteborg-admin", "Ulrika Palm", City, Roles.Admin), "operator", cancel);
        await people.Invite(story, new Person("goteborg-lawyer", "Elsa Vinge", City, Roles.Legal), "goteborg-admin", cancel);
        var units = await Units(story.Cast.Api("goteborg-admin"), cancel);
        foreach (var (who, name, unit) in Directors)
        {
            await people.Invite(story, new Person(who, name, City, Roles.Signatory, Roles.Officer) { Unit = units[unit] },
                "goteborg-admin", cancel);
        }
        foreach (var association in All)
        {
            var person = new Person(association.Who, association.PersonName, association.Organisation, Roles.Admin);
            await people.Invite(story, person, "operator", cancel);
            await People.Widen(story, person, [Roles.Admin, Roles.Officer, Roles.Signatory], cancel);
        }
    }

    public static async Task<IReadOnlyDictionary<string, Guid>> Units(Api api, CancellationToken cancel)
    {
        var city = await Cases.Organisations.Id(api, City, cancel);
        return (await api.Get($"/registry/v1/organisations/{city}", cancel)).Items("units")
            .ToDictionary(unit => unit.GetProperty("name").GetString()!, unit => unit.GetProperty("id").GetGuid(),
                StringComparer.Ordinal);
    }

    private static Association Of(string name, int serial, string who, string person) =>
        new(new Organisation(name, "idea-driven", 8, serial), who, person);
}

/// <summary>An association and the person who carries it.</summary>
internal sealed record Association(Organisation Organisation, string Who, string PersonName);
