using System.Globalization;
using Iop.DemoData.Playing;
using Iop.Kernel;

namespace Iop.DemoData.Cases;

/// <summary>The organisations of the cases. The numbers are test numbers that pass the check digit: no source gives real
/// ones.</summary>
internal static class Organisations
{
    public static readonly Organisation RegionJonkoping = new("Region Jönköpings län", "public", 2, 1) { CountyCode = "06" };
    public static readonly Organisation Fralsningsarmen =
        new("Frälsningsarmén", "idea-driven", 8,
            2) { Purpose = "Evangelisk kyrka och frivilligorganisation; driver Vårsol samtalscenter." };
    public static readonly Organisation Solna = new("Solna stad", "public", 2, 3) { MunicipalityCode = "0184" };
    public static readonly Organisation TryggareSverige =
        new("Stiftelsen Tryggare Sverige", "idea-driven", 8,
            4) { Purpose = "Minska brottsligheten och öka tryggheten, utan vinstsyfte." };
    public static readonly Organisation Norrkoping = new("Norrköpings kommun", "public", 2, 5) { MunicipalityCode = "0581" };
    public static readonly Organisation LeksellSocialVentures = new("Leksell Social Ventures", "private", 5, 6);
    public static readonly Organisation Rise = new("RISE Research Institutes of Sweden", "public", 5, 7);
    public static readonly Organisation Sundsvall = new("Sundsvalls kommun", "public", 2, 8) { MunicipalityCode = "2281" };

    public static IReadOnlyList<Organisation> All { get; } =
    [
        RegionJonkoping, Fralsningsarmen, Solna, TryggareSverige, Norrkoping, LeksellSocialVentures, Rise, Sundsvall,
        .. Gothenburg.Organisations,
    ];

    public static async Task Play(Story story, CancellationToken cancel)
    {
        foreach (var organisation in All)
        {
            await story.Step($"Register {organisation.Name}", "operator", null,
                async (api, stop) => await Find(api, organisation, stop) is null ? null : organisation.Number,
                (api, stop) => api.Create("/registry/v1/organisations", new
                {
                    number = organisation.Number,
                    name = organisation.Name,
                    kind = organisation.Kind,
                    purpose = organisation.Purpose,
                    municipalityCode = organisation.MunicipalityCode,
                    countyCode = organisation.CountyCode,
                }, stop),
                cancel);
        }
    }

    public static async Task<Guid?> Find(Api api, Organisation organisation, CancellationToken cancel)
    {
        var found = await api.Get($"/registry/v1/organisations?q={Uri.EscapeDataString(organisation.Name)}", cancel);
        foreach (var item in found.Items())
        {
            if (Digits(item.GetProperty("number").GetString()!) == Digits(organisation.Number))
                return item.GetProperty("id").GetGuid();
        }
        return null;
    }

    public static async Task<Guid> Id(Api api, Organisation organisation, CancellationToken cancel) =>
        await Find(api, organisation, cancel) ?? throw new InvalidOperationException($"{organisation.Name} is not registered.");

    private static string Digits(string number) => number.Replace("-", "", StringComparison.Ordinal);
}

/// <summary>An organisation of the story.</summary>
/// <param name="Group">First digit of its number: 2 public, 5 company, 8 association or foundation.</param>
/// <param name="Serial">Makes the number its own.</param>
internal sealed record Organisation(string Name, string Kind, int Group, int Serial)
{
    public string? Purpose { get; init; }

    public string? MunicipalityCode { get; init; }

    public string? CountyCode { get; init; }

    /// <summary>Group digit, 0, 9999, serial, check digit.</summary>
    public string Number
    {
        get
        {
            var nine = string.Create(CultureInfo.InvariantCulture, $"{Group}09999{Serial:000}");
            var number = Enumerable.Range(0, 10).Select(digit => $"{nine}{digit}")
                .Single(ten => OrganisationNumber.TryParse(ten, out _) is null);
            return $"{number[..6]}-{number[6..]}";
        }
    }
}
