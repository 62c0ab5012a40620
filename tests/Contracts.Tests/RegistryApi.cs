extern alias registry;

using Iop.TestKit;

namespace Iop.Contracts.Tests;

public sealed class RegistryHost(Servers servers) : ServiceHost<registry::Program>(servers, "registry");

/// <summary>The register is public: nothing in it is anybody's alone.</summary>
public sealed class RegistryApi(RegistryHost host) : ApiPromises<registry::Program>(host, "registry"), IClassFixture<RegistryHost>
{
    protected override bool HoldsPartnerships => false;

    protected override Task<IReadOnlyDictionary<string, Guid>> AnothersThings() =>
        Task.FromResult<IReadOnlyDictionary<string, Guid>>(new Dictionary<string, Guid>(StringComparer.Ordinal));
}
