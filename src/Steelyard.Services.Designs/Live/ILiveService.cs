using Microsoft.AspNetCore.Builder;
using Microsoft.Extensions.DependencyInjection;
using Steelyard.Services.Designs.Parts;

namespace Steelyard.Services.Designs.Live;

/// <summary>A service whose hosts can be processes of this machine as well, with PostgreSQL as its
/// database.</summary>
internal interface ILiveService : IServiceDesign
{
    /// <summary>The host that is its database.</summary>
    string DatabaseHost { get; }

    /// <summary>What a host is asked to see whether it is ready: something that wants its database.</summary>
    string ReadyPath { get; }

    /// <summary>What is asked of it live, where nobody says otherwise: there nothing but a kill at the right
    /// moment shows what is wrong, and moments are short where the network takes no time.</summary>
    double LiveRatePerSecond { get; }

    /// <summary>Settings of its hosts for a load.</summary>
    /// <param name="ratePerSecond">Requests a second.</param>
    IEnumerable<string> SettingsFor(double ratePerSecond);

    /// <summary>Makes the application of a host.</summary>
    /// <param name="host">Its name.</param>
    /// <param name="variant">What it is built with.</param>
    /// <param name="args">Settings, as on a command line.</param>
    /// <param name="register">Registers what a process gives it.</param>
    WebApplication CreateHost(
        string host, string variant, string[] args, Action<IServiceCollection> register);
}
