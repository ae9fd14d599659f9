namespace Steelyard.Services.Scenarios;

/// <summary>A cluster of services, the load on it, and what must hold: all that a test needs to
/// say.</summary>
public interface IServicesScenario
{
    /// <summary>Puts it together. Called afresh in every process, so it must not depend on anything but
    /// itself.</summary>
    static abstract void Build(ServicesWorld world);
}
