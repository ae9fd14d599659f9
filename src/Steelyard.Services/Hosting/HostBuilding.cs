using System.Diagnostics;
using Microsoft.Extensions.Hosting;

namespace Steelyard.Services.Hosting;

/// <summary>
/// Reaches into the building of the user's host: .NET's hosting tells a diagnostic listener when a host is
/// about to be built, and lets it add services. So the application itself need not be changed.
/// </summary>
internal sealed class HostBuilding : IDisposable, IObserver<DiagnosticListener>,
    IObserver<KeyValuePair<string, object?>>
{
    readonly HostServices _services;
    readonly IDisposable _all;
    readonly List<IDisposable> _subscriptions = [];

    HostBuilding(HostServices services)
    {
        _services = services;
        _all = DiagnosticListener.AllListeners.Subscribe(this);
    }

    /// <summary>Until it is disposed, hosts that are built get these services.</summary>
    public static HostBuilding Of(HostServices services) => new(services);

    /// <inheritdoc/>
    public void OnNext(DiagnosticListener value)
    {
        if (value.Name == "Microsoft.Extensions.Hosting")
            _subscriptions.Add(value.Subscribe(this));
    }

    /// <inheritdoc/>
    public void OnNext(KeyValuePair<string, object?> value)
    {
        if (value is { Key: "HostBuilding", Value: IHostBuilder builder })
            builder.ConfigureServices((_, services) => _services.AddTo(services));
    }

    /// <inheritdoc/>
    public void OnCompleted()
    {
    }

    /// <inheritdoc/>
    public void OnError(Exception error)
    {
    }

    /// <inheritdoc/>
    public void Dispose()
    {
        _all.Dispose();
        _subscriptions.ForEach(subscription => subscription.Dispose());
    }
}
