namespace GameImages.WebApi.Users;

/// <summary>
/// Marks an action that lists. Each user may run only a few lists at once (Users:Lists), and fewer with a text (Users:Searches).
/// </summary>
[AttributeUsage(AttributeTargets.Method)]
internal sealed class ListsAttribute : Attribute;
