namespace Iop.Kernel;

/// <summary>Declared, never derived from the organisation number (parishes share a group with the state).</summary>
public enum OrganisationKind
{
    /// <summary>Municipality, region, state agency, publicly owned company (offentlig part).</summary>
    Public,

    /// <summary>Any legal form whose statutes set a public-benefit purpose and reinvestment (idéburen organisation).</summary>
    IdeaDriven,

    /// <summary>Allowed in some partnerships; the no-profit rule binds it too (privat aktör).</summary>
    Private,
}
