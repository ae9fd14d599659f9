using Microsoft.AspNetCore.Builder;
using Microsoft.Extensions.DependencyInjection;

namespace Steelyard.Services.Hosting;

/// <summary>A host to be: what makes its application.</summary>
/// <param name="Name">Its name on the simulated network.</param>
/// <param name="Create">Makes the application, at birth and at each restart.</param>
/// <param name="Arguments">What <paramref name="Create"/> is given, as a command line.</param>
/// <param name="Databases">The names of the world's databases.</param>
/// <param name="Watched">The names of the hosts whose requests are kept account of.</param>
/// <param name="Gates">Other hosts that it reaches by real sockets.</param>
/// <param name="Services">Registrations to add or replace; null is none.</param>
internal sealed record HostSpec(
    string Name, Func<string[], WebApplication> Create, string[] Arguments, IReadOnlyList<string> Databases,
    IReadOnlyList<string> Watched, IReadOnlyList<HostGate> Gates, Action<IServiceCollection>? Services);
