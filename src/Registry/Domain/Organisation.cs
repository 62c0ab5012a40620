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
        Version++;
    }

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

    private const int UnitsMax = 200;
}

/// <summary>An acting part of an organisation (nämnd, förvaltning, lokalförening).</summary>
public sealed class OrganisationUnit
{
    public required Guid UnitId { get; init; }

    public required OrganisationId OrganisationId { get; init; }

    public required string Name { get; init; }
}

/// <summary>What is said of an organisation and may change.</summary>
public sealed record OrganisationFacts(
    string Name, OrganisationKind Kind, string? LegalForm, string? Purpose, string? MunicipalityCode, string? CountyCode);
