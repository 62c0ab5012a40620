using Iop.Kernel;

namespace Iop.Registry.Domain;

/// <summary>Every way an organisation can say no.</summary>
public static class OrganisationRefusals
{
    public static Refusal AlreadyRegistered(OrganisationNumber number, OrganisationId existing) =>
        new Refusal("organisation.already-registered").With("number", number).With("existingId", existing.Value);

    public static Refusal TestNumber => new("organisation.test-number", RefusalKind.Malformed);

    public static Refusal UnitExists(string name) => new Refusal("organisation.unit-exists").With("name", name);

    public static Refusal TooManyUnits => new("organisation.too-many-units");
}
