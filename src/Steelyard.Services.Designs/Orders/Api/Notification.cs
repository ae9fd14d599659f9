namespace Steelyard.Services.Designs.Orders.Api;

/// <summary>Something that another service is to be told.</summary>
/// <param name="Method">PUT or DELETE.</param>
/// <param name="Service">To whom; one of the names in <see cref="OrdersScenario"/>.</param>
/// <param name="Path">What.</param>
internal sealed record Notification(string Method, string Service, string Path);
