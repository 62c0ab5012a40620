using Iop.Contracts.Agreements;
using Iop.Kernel;
using Iop.TestKit;

[assembly: AssemblyFixture(typeof(Servers))]

namespace Iop.Registry.Tests;

/// <summary>A register as every test has it.</summary>
public sealed class RegistryWorld(Servers servers) : ServiceHostOfTheRegister(servers);

/// <summary>A register, an operator, and the words of a few partnerships.</summary>
public abstract class ServiceHostOfTheRegister(Servers servers) : ServiceHost<Program>(servers, "registry")
{
    private static readonly Guid OperatingOrganisation = Guid.NewGuid();
    private int _numbers;

    public CallerClient Operator => As(Callers.Of(OperatingOrganisation, Roles.Operator));

    /// <summary>A test number nobody has used yet: group 8, nought, four nines, with its check digit.</summary>
    public string NewNumber()
    {
        var nine = $"8099990{Interlocked.Increment(ref _numbers):00}";
        var sum = nine.Select((digit, place) => (digit - '0') * (place % 2 == 0 ? 2 : 1))
            .Sum(value => value > 9 ? value - 9 : value);
        return $"{nine}{(10 - sum % 10) % 10}";
    }

    public async Task<Reply> Registered(string name, string kind = "idea-driven", string? municipalityCode = null) =>
        (await Operator.Create("/registry/v1/organisations", new { number = NewNumber(), name, kind, municipalityCode }))
        .Is(System.Net.HttpStatusCode.Created);

    public static AgreementEnteredIntoForce InForce(string title, Guid? partnership = null, Action<Words>? with = null)
    {
        var words = new Words();
        with?.Invoke(words);
        var (association, municipality) = (Guid.NewGuid(), Guid.NewGuid());
        return new AgreementEnteredIntoForce
        {
            AgreementId = Guid.NewGuid(),
            Sequence = 7,
            PartnershipId = partnership ?? Guid.NewGuid(),
            Title = title,
            VersionHash = new string('a', 64),
            SignedOn = words.StartsOn.AddDays(-10),
            StartsOn = words.StartsOn,
            EndsOn = words.EndsOn,
            AutoRenews = false,
            Purpose = words.Purpose,
            Challenge = "Många blir utan stöd.",
            TargetGroup = "Våldsutsatta kvinnor",
            Area = words.Area,
            TargetAge = words.TargetAge,
            MunicipalityCode = words.MunicipalityCode,
            Parties =
            [
                new() { PartyId = association, OrganisationId = words.Association, Name = words.AssociationName,
                    Kind = "idea-driven" },
                new() { PartyId = municipality, OrganisationId = words.Municipality, UnitId = words.Unit,
                    Name = "Enköpings kommun", Kind = "public" },
            ],
            Contributions =
            [
                new() { PartyId = municipality, Kind = "money", Description = "Driftstöd", OrePerYear = 123_450_00 },
                new() { PartyId = association, Kind = "volunteer-work", Description = "Stödsamtal", HoursPerYear = 1_200 },
            ],
        };
    }

    public async Task<Guid> EntryOf(AgreementEnteredIntoForce agreement) =>
        await Scalar<Guid>("SELECT entry_id FROM entry WHERE partnership_id = $1", agreement.PartnershipId);
}

/// <summary>What a test may want to say differently of an agreement.</summary>
public sealed class Words
{
    public string Purpose { get; set; } = "Skydd och stöd dygnet runt.";

    public string? Area { get; set; } = "crime";

    public string? TargetAge { get; set; } = "all";

    public string? MunicipalityCode { get; set; } = "0381";

    public DateOnly StartsOn { get; set; } = new(2026, 1, 1);

    public DateOnly? EndsOn { get; set; } = new(2028, 12, 31);

    public Guid Association { get; set; } = Guid.NewGuid();

    public string AssociationName { get; set; } = "Kvinnojouren Vårsol";

    public Guid Municipality { get; set; } = Guid.NewGuid();

    public Guid? Unit { get; set; }
}
