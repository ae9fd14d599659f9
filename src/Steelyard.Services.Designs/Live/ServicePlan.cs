using Steelyard.Live.Engines;
using Steelyard.Worlds.Contracts;

namespace Steelyard.Services.Designs.Live;

/// <summary>What is started of a service.</summary>
/// <param name="Service">The service.</param>
/// <param name="Variant">Which variant of it.</param>
/// <param name="Settings">Settings of its hosts.</param>
/// <param name="Hosts">All its hosts by name, its database among them, in order of index.</param>
/// <param name="CreateClient">Makes a client: the one of the services world.</param>
/// <param name="Program">Our program, which is a host when it is told to be one.</param>
internal sealed record ServicePlan(
    ILiveService Service, string Variant, IReadOnlyList<string> Settings, IReadOnlyList<string> Hosts,
    Func<IClientWorld, IClient> CreateClient, EngineProgram Program);
