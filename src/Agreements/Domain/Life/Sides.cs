using Iop.Kernel;

namespace Iop.Agreements.Domain.Life;

/// <summary>An IOP has at least one public and one idea-driven party, always.</summary>
public static class Sides
{
    public static bool AreBoth(IEnumerable<OrganisationKind> kinds)
    {
        var present = kinds.ToHashSet();
        return present.Contains(OrganisationKind.Public) && present.Contains(OrganisationKind.IdeaDriven);
    }
}
