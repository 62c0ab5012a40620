using Iop.Calling;

namespace Iop.Identity.Providers;

/// <summary>Settings <c>Federation:*</c>.</summary>
internal sealed class FederationSettings
{
    /// <summary>Networks of the operator's own (such as <c>10.20.0.0/16</c>) where providers may be although they are not
    /// public. None, unless the operator says so.</summary>
    public IReadOnlyList<string> InternalNetworks { get; init; } = [];

    /// <summary>Where providers may be; in Development on this machine too.</summary>
    public ReachableAddresses Reachable(IHostEnvironment environment) => new(InternalNetworks, environment.IsDevelopment());
}
