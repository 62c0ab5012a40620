using Iop.Kernel;

namespace Iop.Registry.Domain;

public readonly record struct OrganisationId(Guid Value);

/// <summary>A legal person that takes part in partnerships (organisation), with the units that act for it.</summary>
public sealed class Organisation
{
    private readonly List<OrganisationUnit> _units = [];

    private Organisation()
    {
    }

    public OrganisationId OrganisationId { get; private init; }

    /// <summary>Ten digits.</summary>
    public string Number { get; private init; } = "";

    public string Name { get; private set; } = "";

    public OrganisationKind Kind { get; private set; }

    public string? LegalForm { get; private set; }

    /// <summary>What the statutes say it is for.</summary>
    public string? Purpose { get; private set; }

    public string? MunicipalityCode { get; private set; }

    public string? CountyCode { get; private set; }

    /// <summary>What kind of public body: municipality, region, state, or a company of one of them; none for others.</summary>
    public string? Body { get; private set; }

    /// <summary>The federation it is a local branch of (riksorganisation).</summary>
    public OrganisationId? FederationId { get; private set; }

    /// <summary>Its own guideline or strategy for partnerships, by its address.</summary>
    public string? OwnPolicy { get; private set; }

    /// <summary>Registered as idea-driven with Kammarkollegiet; voluntary, never a condition.</summary>
    public bool? InPublicBenefitRegister { get; private set; }

    /// <summary>How much of its partnerships the register knows; none when it has never answered.</summary>
    public Coverage? Coverage { get; private set; }

    public DateOnly? CoverageOn { get; private set; }

    public DateOnly RegisteredOn { get; private init; }

    public long Version { get; private set; }

    public IReadOnlyList<OrganisationUnit> Units => _units;

    public static Organisation Register(OrganisationId id, OrganisationNumber number, OrganisationFacts facts, DateOnly today)
    {
        var organisation = new Organisation { OrganisationId = id, Number = number.Digits, RegisteredOn = today };
        organisation.Change(facts);
        return organisation;
    }

    public void Change(OrganisationFacts facts)
    {
        (Name, Kind, LegalForm, Purpose) = (facts.Name, facts.Kind, facts.LegalForm, facts.Purpose);
        MunicipalityCode = facts.MunicipalityCode;
        CountyCode = facts.CountyCode ?? facts.MunicipalityCode?[..2];
        (OwnPolicy, InPublicBenefitRegister) = (facts.OwnPolicy, facts.InPublicBenefitRegister);
        FederationId = facts.FederationId is { } federation ? new OrganisationId(federation) : null;
        Body = facts.Kind is OrganisationKind.Public ? facts.Body ?? UsualBody : null;
        Version++;
    }

    /// <summary>The body's own people say how much of its partnerships the register knows (täckning).</summary>
    public Refusal? Declare(Coverage coverage, DateOnly today)
    {
        if (Kind is not OrganisationKind.Public) return EntryRefusals.NoPublicBody;
        (Coverage, CoverageOn) = (coverage, today);
        Version++;
        return null;
    }

    /// <summary>Where nobody has said it: who has a municipality's code is one, who has a county's a region.</summary>
    private string UsualBody => (MunicipalityCode, CountyCode) switch
    {
        ({ }, _) => "municipality",
        (null, { }) => "region",
        _ => "state",
    };

    /// <summary>A board, an administration or a local branch begins to act for the organisation.</summary>
    public Refusal? AddUnit(Guid unitId, string name)
    {
        if (_units.Any(unit => string.Equals(unit.Name, name, StringComparison.OrdinalIgnoreCase)))
            return OrganisationRefusals.UnitExists(name);
        if (_units.Count >= UnitsMax) return OrganisationRefusals.TooManyUnits;
        _units.Add(new OrganisationUnit { UnitId = unitId, OrganisationId = OrganisationId, Name = name });
        Version++;
        return null;
    }

    public Refusal? RenameUnit(Guid unitId, string name)
    {
        if (_units.Any(unit => unit.UnitId != unitId && string.Equals(unit.Name, name, StringComparison.OrdinalIgnoreCase)))
            return OrganisationRefusals.UnitExists(name);
        _units.Single(unit => unit.UnitId == unitId).Name = name;
        Version++;
        return null;
    }

    private const int UnitsMax = 200;
}

/// <summary>An acting part of an organisation (nämnd, förvaltning, lokalförening).</summary>
public sealed class OrganisationUnit
{
    public required Guid UnitId { get; init; }

    public required OrganisationId OrganisationId { get; init; }

    public required string Name { get; set; }
}

/// <summary>What is said of an organisation and may change.</summary>
public sealed record OrganisationFacts(
    string Name, OrganisationKind Kind, string? LegalForm, string? Purpose, string? MunicipalityCode, string? CountyCode,
    string? Body = null, Guid? FederationId = null, string? OwnPolicy = null, bool? InPublicBenefitRegister = null);

/// <summary>"None" is not "unknown": a body that has never answered has no coverage at all.</summary>
public enum Coverage
{
    Complete,
    Partly,
    ConfirmedNone,
}
